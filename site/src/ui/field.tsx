import type { ComponentChildren, JSX, Ref } from 'preact'
import { useId, useState } from 'preact/hooks'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'
import { useTranslate } from './locale-context.tsx'
import { useTypedEarly } from './use-typed-early.ts'

export interface FieldFrameProps {
  label: string
  hint?: ComponentChildren
  error?: string | null
  optional?: boolean
  /** The label is read out but not shown. */
  labelHidden?: boolean
}

interface FrameProps extends FieldFrameProps {
  id: string
  children: ComponentChildren
}

export const describedBy = (id: string, { hint, error }: FieldFrameProps): string | undefined =>
  [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined

/** Label, hint and error around any control whose id is `id`. */
export function FieldFrame({ id, label, hint, error, optional, labelHidden, children }: FrameProps) {
  const t = useTranslate()
  return (
    <div class={classNames('field', error && 'has-error')}>
      <label class={classNames('field-label', labelHidden && 'visually-hidden')} for={id}>
        {label} {optional && <span class="field-optional">({t('ui.optional')})</span>}
      </label>
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children}
      {error && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  )
}

export interface FieldProps
  extends FieldFrameProps, Omit<JSX.HTMLAttributes<HTMLInputElement>, 'label' | 'ref' | 'onInput'> {
  value: string
  onInput: (value: string) => void
  type?: 'text' | 'email' | 'password' | 'search' | 'date' | 'datetime-local'
  name?: string
  autocomplete?: string
  placeholder?: string
  required?: boolean
  disabled?: boolean
  maxLength?: number
  /** Text typed here is Latin whatever the page is: an e-mail address, a key, a code. */
  latin?: boolean
  inputRef?: Ref<HTMLInputElement>
}

export function Field({
  label,
  hint,
  error,
  optional,
  labelHidden,
  value,
  onInput,
  type = 'text',
  latin,
  inputRef,
  class: own,
  ...rest
}: FieldProps) {
  const id = useId()
  const frame = { label, hint, error, optional, labelHidden }
  const [shown, setShown] = useState(false)
  const isPassword = type === 'password'
  const typed = useTypedEarly({ id, value, onInput })
  const input = (
    <input
      {...rest}
      ref={inputRef}
      id={id}
      class={classNames('input', own as string)}
      type={isPassword && shown ? 'text' : type}
      value={typed}
      onInput={(event) => onInput(event.currentTarget.value)}
      dir={latin || type === 'email' || isPassword ? 'ltr' : 'auto'}
      aria-invalid={error ? true : undefined}
      aria-describedby={describedBy(id, frame)}
    />
  )
  return (
    <FieldFrame {...frame} id={id}>
      {isPassword ? (
        <span class="input-group">
          {input}
          <PasswordToggle shown={shown} onToggle={() => setShown(!shown)} />
        </span>
      ) : (
        input
      )}
    </FieldFrame>
  )
}

function PasswordToggle({ shown, onToggle }: { shown: boolean; onToggle: () => void }) {
  const t = useTranslate()
  return (
    <Button variant="ghost" size="sm" iconOnly icon={shown ? 'eye-off' : 'eye'} aria-pressed={shown} onClick={onToggle}>
      {t('ui.show-password')}
    </Button>
  )
}
