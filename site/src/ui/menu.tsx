import type { ComponentChildren } from 'preact'
import { useId, useRef, useState } from 'preact/hooks'
import { Button } from './button.tsx'
import type { ButtonVariant } from './button.tsx'
import { classNames } from './class-names.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'
import { stepFor } from './menu-keys.ts'
import { edgesOf, placePopover } from './place-popover.ts'

export type MenuItem =
  | {
      label: string
      icon?: IconName
      onSelect: () => void
      danger?: boolean
      checked?: boolean
      disabled?: boolean
      detail?: string
    }
  | {
      label: string
      icon?: IconName
      href: string
      onFollow?: () => void
      checked?: boolean
      lang?: string
      detail?: string
    }
  | { separator: true; heading?: string }

export interface MenuProps {
  /** The button's words; read out alone where `iconOnly`. */
  label: string
  items: readonly MenuItem[]
  icon?: IconName
  iconOnly?: boolean
  variant?: ButtonVariant
  size?: 'md' | 'sm'
  align?: 'start' | 'end'
  /** What the button shows instead of `label`. */
  children?: ComponentChildren
  class?: string
}

/** A button and its list of things to do: a popover in the top layer, closed by Escape or a press outside. */
export function Menu({
  label,
  items,
  icon,
  iconOnly,
  variant = 'ghost',
  size = 'md',
  align = 'end',
  children,
  class: own,
}: MenuProps) {
  const id = useId()
  const popover = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)

  const choices = () => [
    ...(popover.current?.querySelectorAll<HTMLElement>('[role^=menuitem]:not([aria-disabled=true])') ?? []),
  ]
  const close = () => popover.current?.hidePopover()

  const onToggle = (event: Event) => {
    const opened = (event as ToggleEvent).newState === 'open'
    setOpen(opened)
    if (!opened) return
    if (popover.current && button.current) place(popover.current, button.current, align)
    choices()[0]?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Tab') return close()
    const all = choices()
    const next = stepFor({
      key: event.key,
      from: all.indexOf(document.activeElement as HTMLElement),
      count: all.length,
      axis: 'block',
      rtl: false,
    })
    if (next === null) return
    event.preventDefault()
    all[next]?.focus()
  }
  return (
    <>
      <Button
        buttonRef={button}
        variant={variant}
        size={size}
        icon={icon}
        iconOnly={iconOnly}
        class={own}
        popovertarget={id}
        aria-haspopup="menu"
        aria-expanded={open}
      >
        {children && <span class="visually-hidden">{label}</span>}
        {children ?? label}
      </Button>
      <div
        id={id}
        ref={popover}
        popover="auto"
        class="menu"
        role="menu"
        aria-label={label}
        onToggle={onToggle}
        onKeyDown={onKeyDown}
      >
        {items.map((item, index) => (
          <MenuRow key={index} item={item} onDone={close} />
        ))}
      </div>
    </>
  )
}

function place(popover: HTMLElement, button: HTMLElement, align: 'start' | 'end'): void {
  const rtl = button.matches(':dir(rtl)')
  const screen = { inlineSize: document.documentElement.clientWidth, blockSize: document.documentElement.clientHeight }
  const at = placePopover({
    anchor: edgesOf(button, rtl),
    popover: { inlineSize: popover.offsetWidth, blockSize: popover.offsetHeight },
    screen,
    align,
  })
  popover.style.insetInlineStart = `${at.inlineStart}px`
  popover.style.insetBlockStart = `${at.blockStart}px`
}

function MenuRow({ item, onDone }: { item: MenuItem; onDone: () => void }) {
  if ('separator' in item) {
    return item.heading ? (
      <p class="menu-heading" role="presentation">
        {item.heading}
      </p>
    ) : (
      <hr class="menu-separator" />
    )
  }
  const choice =
    item.checked === undefined
      ? { role: 'menuitem' as const }
      : { role: 'menuitemradio' as const, 'aria-checked': item.checked }
  const content = (
    <>
      {item.icon ? <Icon name={item.icon} size={18} /> : null}
      <span class="menu-label">
        {item.label}
        {item.detail && <span class="menu-detail">{item.detail}</span>}
      </span>
      {item.checked && <Icon name="check" size={16} />}
    </>
  )
  if ('href' in item) {
    return (
      <a
        {...choice}
        class="menu-item"
        href={item.href}
        lang={item.lang}
        hrefLang={item.lang}
        tabIndex={-1}
        onClick={item.onFollow}
      >
        {content}
      </a>
    )
  }
  const select = () => {
    if (item.disabled) return
    onDone()
    item.onSelect()
  }
  return (
    <button
      {...choice}
      type="button"
      tabIndex={-1}
      aria-disabled={item.disabled || undefined}
      class={classNames('menu-item', item.danger && 'menu-item-danger')}
      onClick={select}
    >
      {content}
    </button>
  )
}
