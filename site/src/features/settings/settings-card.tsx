import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

interface SettingsCardProps {
  title: string
  text?: ComponentChildren
  /** Beside the title: how things stand. */
  state?: ComponentChildren
  children: ComponentChildren
}

export function SettingsCard({ title, text, state, children }: SettingsCardProps) {
  const id = useId()
  return (
    <section class="card settings-card" aria-labelledby={id}>
      <div class="settings-about">
        <h2 id={id}>
          {title} {state}
        </h2>
        {text && <p class="muted">{text}</p>}
      </div>
      <div class="settings-body">{children}</div>
    </section>
  )
}
