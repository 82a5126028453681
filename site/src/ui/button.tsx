import type { ComponentChildren, JSX, Ref } from 'preact'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'
import { useAlive } from './use-alive.ts'

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger'

export interface ButtonProps extends Omit<JSX.HTMLAttributes<HTMLButtonElement>, 'icon' | 'size' | 'ref'> {
  variant?: ButtonVariant
  size?: 'md' | 'sm'
  icon?: IconName
  /** The button is only its icon; `children` is then read out, not shown. */
  iconOnly?: boolean
  /** Something runs: shown, announced, and not to be pressed again. */
  busy?: boolean
  type?: 'button' | 'submit'
  disabled?: boolean
  buttonRef?: Ref<HTMLButtonElement>
  children: ComponentChildren
  popovertarget?: string
  form?: string
}

export function Button({
  variant = 'secondary',
  size = 'md',
  icon,
  iconOnly,
  busy,
  type = 'button',
  disabled,
  buttonRef,
  class: own,
  children,
  ...rest
}: ButtonProps) {
  const alive = useAlive()
  return (
    <button
      {...rest}
      ref={buttonRef}
      type={type}
      class={classNames(
        'button',
        `button-${variant}`,
        size === 'sm' && 'button-sm',
        iconOnly && 'button-icon',
        busy && 'is-busy',
        own as string,
      )}
      disabled={disabled || (type === 'submit' && !alive)}
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : rest.onClick}
    >
      {icon && <Icon name={icon} size={size === 'sm' ? 16 : 18} />}
      <span class={iconOnly ? 'visually-hidden' : undefined}>{children}</span>
    </button>
  )
}

export interface LinkButtonProps {
  href: string
  variant?: ButtonVariant
  size?: 'md' | 'sm'
  icon?: IconName
  download?: boolean
  class?: string
  children: ComponentChildren
}

/** A link that looks like a button, because it leads somewhere. */
export function LinkButton({
  href,
  variant = 'secondary',
  size = 'md',
  icon,
  download,
  class: own,
  children,
}: LinkButtonProps) {
  return (
    <a
      href={href}
      download={download}
      class={classNames('button', `button-${variant}`, size === 'sm' && 'button-sm', own)}
    >
      {icon && <Icon name={icon} size={size === 'sm' ? 16 : 18} />}
      <span>{children}</span>
    </a>
  )
}
