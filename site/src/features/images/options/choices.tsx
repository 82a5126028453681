import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { useTranslate } from '../../../ui/locale-context.tsx'
import '../../../ui/segmented.css'
import type { Lack } from '../state/lacks.ts'

export interface ChoicesProps<V extends string> {
  label: string
  labelHidden?: boolean
  value: V
  options: readonly { value: V; label: ComponentChildren; lack?: Lack | null }[]
  /** Why there is no choice at all. */
  lack?: Lack | null
  onChange: (value: V) => void
}

/** One of a few. What cannot be chosen stays in sight, with its reason: as its title, and in words below. */
export function Choices<V extends string>({ label, labelHidden, value, options, lack, onChange }: ChoicesProps<V>) {
  const t = useTranslate()
  const id = useId()
  return (
    <fieldset class="images-choices" disabled={Boolean(lack)} aria-describedby={lack ? `${id}-lack` : undefined}>
      <legend class={labelHidden ? 'visually-hidden' : 'field-label'}>{label}</legend>
      <div class="segmented">
        {options.map((option) => {
          const reason = option.lack ? t(option.lack.key, option.lack.values) : undefined
          return (
            <label key={option.value} class={option.lack || lack ? 'segment is-lacking' : 'segment'} title={reason}>
              <input
                type="radio"
                name={id}
                value={option.value}
                checked={option.value === value}
                disabled={Boolean(option.lack)}
                onChange={() => onChange(option.value)}
              />
              <span>
                {option.label}
                {reason && <span class="visually-hidden"> – {reason}</span>}
              </span>
            </label>
          )
        })}
      </div>
      {lack && <LackNote id={`${id}-lack`} lack={lack} />}
    </fieldset>
  )
}

export function LackNote({ id, lack }: { id?: string; lack: Lack }) {
  const t = useTranslate()
  return (
    <p id={id} class="images-lack">
      {t(lack.key, lack.values)}
    </p>
  )
}
