import { useId } from 'preact/hooks'
import { classNames } from './class-names.ts'
import { FieldFrame, describedBy } from './field.tsx'
import type { FieldFrameProps } from './field.tsx'
import { Icon } from './icon.tsx'

export interface SelectOption<V extends string> {
  value: V
  label: string
  disabled?: boolean
}

export interface SelectProps<V extends string> extends FieldFrameProps {
  value: V
  options: readonly SelectOption<V>[]
  onChange: (value: V) => void
  disabled?: boolean
  name?: string
  size?: 'md' | 'sm'
}

export function Select<V extends string>({
  value,
  options,
  onChange,
  disabled,
  name,
  size = 'md',
  ...frame
}: SelectProps<V>) {
  const id = useId()
  return (
    <FieldFrame {...frame} id={id}>
      <span class={classNames('select', size === 'sm' && 'select-sm')}>
        <select
          id={id}
          name={name}
          class="input"
          value={value}
          disabled={disabled}
          onChange={(event) => onChange(event.currentTarget.value as V)}
          aria-invalid={frame.error ? true : undefined}
          aria-describedby={describedBy(id, frame)}
        >
          {options.map((option) => (
            <option
              key={option.value}
              value={option.value}
              disabled={option.disabled}
              selected={option.value === value}
            >
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="chevron-down" size={16} />
      </span>
    </FieldFrame>
  )
}
