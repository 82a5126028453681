import { useId } from 'preact/hooks'
import { FieldFrame, describedBy } from '../../ui/field.tsx'
import type { FieldFrameProps } from '../../ui/field.tsx'

interface CodeAreaProps extends FieldFrameProps {
  value: string
  onInput: (value: string) => void
  rows?: number
  placeholder?: string
  disabled?: boolean
}

/** For what is written from the left on every page: JSON, names of models. */
export function CodeArea({ value, onInput, rows = 3, placeholder, disabled, ...frame }: CodeAreaProps) {
  const id = useId()
  return (
    <FieldFrame {...frame} id={id}>
      <textarea
        id={id}
        class="input playground-code-input"
        dir="ltr"
        rows={rows}
        placeholder={placeholder}
        disabled={disabled}
        spellcheck={false}
        autocomplete="off"
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
        aria-invalid={frame.error ? true : undefined}
        aria-describedby={describedBy(id, frame)}
      />
    </FieldFrame>
  )
}
