import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'
import { useTranslate } from './locale-context.tsx'

export interface DialogProps {
  open: boolean
  onClose: () => void
  title: string
  description?: ComponentChildren
  /** Buttons at the foot. */
  footer?: ComponentChildren
  size?: 'sm' | 'md' | 'lg'
  children?: ComponentChildren
}

/** The browser's own modal dialog: it keeps the focus inside and gives it back. Its contents exist while it is open. */
export function Dialog({ open, onClose, title, description, footer, size = 'md', children }: DialogProps) {
  const t = useTranslate()
  const id = useId()
  const element = useRef<HTMLDialogElement>(null)
  const pressedOutside = useRef(false)

  useEffect(() => {
    const dialog = element.current
    if (!dialog) return
    if (open && !dialog.open) dialog.showModal()
    if (!open && dialog.open) dialog.close()
  }, [open])

  return (
    <dialog
      ref={element}
      class={classNames('dialog', `dialog-${size}`)}
      aria-labelledby={`${id}-title`}
      aria-describedby={description ? `${id}-description` : undefined}
      onClose={onClose}
      onPointerDown={(event) => void (pressedOutside.current = event.target === element.current)}
      onClick={(event) => {
        if (event.target === element.current && pressedOutside.current) onClose()
      }}
    >
      {open && (
        <div class="dialog-box">
          <header class="dialog-head">
            <h2 id={`${id}-title`}>{title}</h2>
            <Button variant="ghost" size="sm" iconOnly icon="close" onClick={onClose}>
              {t('ui.close')}
            </Button>
          </header>
          {description && (
            <p class="dialog-description" id={`${id}-description`}>
              {description}
            </p>
          )}
          {children && <div class="dialog-body">{children}</div>}
          {footer && <footer class="dialog-foot">{footer}</footer>}
        </div>
      )}
    </dialog>
  )
}
