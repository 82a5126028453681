import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import './full-dialog.css'

export interface FullDialogProps {
  open: boolean
  title: string
  /** Beside the title: tools that belong to the whole. */
  tools?: ComponentChildren
  class?: string
  onClose: () => void
  onKeyDown?: (event: KeyboardEvent) => void
  children: ComponentChildren
}

/** The whole screen for one picture. The browser's own dialog: it keeps the focus inside and gives it back. */
export function FullDialog({ open, title, tools, class: own, onClose, onKeyDown, children }: FullDialogProps) {
  const t = useTranslate()
  const id = useId()
  const element = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = element.current
    if (!dialog) return
    if (open && !dialog.open) dialog.showModal()
    if (!open && dialog.open) dialog.close()
  }, [open])
  return (
    <dialog
      ref={element}
      class={`images-full ${own ?? ''}`}
      aria-labelledby={`${id}-title`}
      onClose={onClose}
      onKeyDown={onKeyDown}
    >
      {open && (
        <div class="images-full-box">
          <header class="images-full-head">
            <h2 id={`${id}-title`}>
              <bdi>{title}</bdi>
            </h2>
            {tools}
            <Button variant="ghost" iconOnly icon="close" onClick={onClose}>
              {t('ui.close')}
            </Button>
          </header>
          {children}
        </div>
      )}
    </dialog>
  )
}

/** Whether a key is typed into a field, and none of the page's business. */
export const isTyped = (event: KeyboardEvent): boolean =>
  event.isComposing ||
  (event.target instanceof HTMLElement && /^(?:input|textarea|select)$/i.test(event.target.tagName))

export const isRtl = (): boolean => document.documentElement.dir === 'rtl'
