import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { ApiProblem } from '../api/api-problem.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Field } from './field.tsx'
import { useTranslate } from './locale-context.tsx'
import { ProblemNote } from './problem-note.tsx'

export interface ConfirmDialogProps {
  open: boolean
  onClose: () => void
  onConfirm: () => void
  title: string
  description?: ComponentChildren
  confirmLabel: string
  /** Where the usual word would be ambiguous. */
  cancelLabel?: string
  danger?: boolean
  busy?: boolean
  problem?: ApiProblem | null
  /** Has to be typed before it can be confirmed, for what cannot be undone. */
  typeToConfirm?: string
  children?: ComponentChildren
}

export function ConfirmDialog({
  open,
  onClose,
  onConfirm,
  title,
  description,
  confirmLabel,
  cancelLabel,
  danger,
  busy,
  problem,
  typeToConfirm,
  children,
}: ConfirmDialogProps) {
  const t = useTranslate()
  const [typed, setTyped] = useState('')
  useEffect(() => {
    if (!open) setTyped('')
  }, [open])
  const ready = typeToConfirm === undefined || typed.trim() === typeToConfirm

  const submit = (event: Event) => {
    event.preventDefault()
    if (ready && !busy) onConfirm()
  }
  return (
    <Dialog open={open} onClose={onClose} title={title} description={description} size="sm">
      <form class="stack" onSubmit={submit}>
        {children}
        {typeToConfirm !== undefined && (
          <Field
            label={t('ui.type-to-confirm', { text: typeToConfirm })}
            value={typed}
            onInput={setTyped}
            autocomplete="off"
            spellcheck={false}
          />
        )}
        {problem && <ProblemNote problem={problem} />}
        <div class="dialog-foot">
          <Button onClick={onClose}>{cancelLabel ?? t('ui.cancel')}</Button>
          <Button type="submit" variant={danger ? 'danger' : 'primary'} busy={busy} disabled={!ready}>
            {confirmLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
