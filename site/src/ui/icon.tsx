import { classNames } from './class-names.ts'
import { flippingIcons, iconPaths } from './icon-paths.ts'
import type { IconName } from './icon-paths.ts'

/** Decoration only: what it means is said in words beside it, or in the label of its button. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      class={classNames('icon', flippingIcons.has(name) && 'icon-flip')}
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      stroke-width="1.7"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={iconPaths[name]} />
    </svg>
  )
}
