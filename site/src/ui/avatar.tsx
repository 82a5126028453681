import { hueOf, initialsOf } from './initials.ts'

/** Decoration beside a name that is written out. `square` for organizations. */
export function Avatar({ name, square, size = 'md' }: { name: string; square?: boolean; size?: 'sm' | 'md' }) {
  return (
    <span
      class={`avatar avatar-${size} avatar-${hueOf(name, 6) + 1}${square ? ' avatar-square' : ''}`}
      aria-hidden="true"
    >
      {initialsOf(name)}
    </span>
  )
}
