import type { ComponentChildren } from 'preact'
import { Icon } from './icon.tsx'

const icons = { info: 'info', success: 'check', warning: 'alert', danger: 'alert' } as const

export interface NoteProps {
  tone?: keyof typeof icons
  role?: 'status' | 'alert'
  children: ComponentChildren
}

export function Note({ tone = 'info', role, children }: NoteProps) {
  return (
    <div class={`note note-${tone}`} role={role}>
      <Icon name={icons[tone]} size={18} />
      <div>{children}</div>
    </div>
  )
}
