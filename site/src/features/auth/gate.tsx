import type { ComponentChildren } from 'preact'
import { Logo } from '../../ui/logo.tsx'

/** The arch that one enters through. */
export function Gate({
  title,
  text,
  children,
  foot,
}: {
  title: string
  text?: ComponentChildren
  children?: ComponentChildren
  foot?: ComponentChildren
}) {
  return (
    <section class="gate">
      <header class="gate-head">
        <Logo size={56} />
        <h1>{title}</h1>
        {text && <p>{text}</p>}
      </header>
      {children}
      {foot && <div class="gate-foot">{foot}</div>}
    </section>
  )
}
