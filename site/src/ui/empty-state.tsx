import type { ComponentChildren } from 'preact'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'

export interface EmptyStateProps {
  icon: IconName
  title: string
  text?: ComponentChildren
  /** What to do about it: a button or link. */
  action?: ComponentChildren
  compact?: boolean
}

export function EmptyState({ icon, title, text, action, compact }: EmptyStateProps) {
  return (
    <div class={compact ? 'state state-compact' : 'state'}>
      <span class="state-mark">
        <Icon name={icon} size={24} />
      </span>
      <p class="state-title">{title}</p>
      {text && <p class="state-text">{text}</p>}
      {action}
    </div>
  )
}
