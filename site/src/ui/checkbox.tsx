import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

export interface CheckboxProps {
  label: ComponentChildren
  hint?: string
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
  name?: string
}

export function Checkbox({ label, hint, checked, onChange, disabled, name }: CheckboxProps) {
  const id = useId()
  return (
    <div class="checkbox">
      <input
        type="checkbox"
        id={id}
        name={name}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
        aria-describedby={hint ? `${id}-hint` : undefined}
      />
      <label for={id}>{label}</label>
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}
