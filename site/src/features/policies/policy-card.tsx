import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

interface PolicyCardProps {
  title: string
  text: ComponentChildren
  children: ComponentChildren
}

/** One matter to be decided: what it is about beside how it is decided. */
export function PolicyCard({ title, text, children }: PolicyCardProps) {
  const id = useId()
  return (
    <section class="card policies-card" aria-labelledby={id}>
      <div class="policies-about">
        <h2 id={id}>{title}</h2>
        <p class="muted">{text}</p>
      </div>
      <div class="policies-body">{children}</div>
    </section>
  )
}

/** What is wrong with something that is no single field. */
export function GroupFault({ id, error }: { id?: string; error: string | null }) {
  if (!error) return null
  return (
    <p class="field-error policies-fault" id={id} tabIndex={-1}>
      {error}
    </p>
  )
}
