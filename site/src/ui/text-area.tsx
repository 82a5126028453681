import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import { FieldFrame, describedBy } from './field.tsx'
import type { FieldFrameProps } from './field.tsx'
import { useTypedEarly } from './use-typed-early.ts'

export interface TextAreaProps
  extends FieldFrameProps, Omit<JSX.HTMLAttributes<HTMLTextAreaElement>, 'label' | 'ref' | 'onInput'> {
  value: string
  onInput: (value: string) => void
  name?: string
  rows?: number
  required?: boolean
  disabled?: boolean
  maxLength?: number
}

/** Several lines, each in its own direction. */
export function TextArea({ label, hint, error, optional, labelHidden, value, onInput, ...rest }: TextAreaProps) {
  const id = useId()
  const frame = { label, hint, error, optional, labelHidden }
  const typed = useTypedEarly({ id, value, onInput })
  return (
    <FieldFrame {...frame} id={id}>
      <textarea
        {...rest}
        id={id}
        class="input"
        dir="auto"
        value={typed}
        onInput={(event) => onInput(event.currentTarget.value)}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(id, frame)}
      />
    </FieldFrame>
  )
}
