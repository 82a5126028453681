import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { readCount } from '../../ui/read-count.ts'

interface SeatStepperProps {
  label: string
  hint?: string
  value: string
  least: number
  most: number
  onInput: (value: string) => void
  error?: string | null
}

/** A number of seats: typed in either script's digits, or by its two buttons. */
export function SeatStepper({ label, hint, value, least, most, onInput, error }: SeatStepperProps) {
  const t = useTranslate()
  const read = readCount(value, { most })
  const count = typeof read === 'number' ? read : least
  const step = (by: number) => onInput(String(Math.min(most, Math.max(least, count + by))))
  return (
    <div class="billing-stepper">
      <Field
        label={label}
        hint={hint}
        value={value}
        onInput={onInput}
        inputMode="numeric"
        autocomplete="off"
        error={error}
        maxLength={6}
        latin
      />
      <span class="billing-stepper-buttons">
        <Button iconOnly icon="minus" disabled={count <= least} onClick={() => step(-1)}>
          {t('billing.seat-less')}
        </Button>
        <Button iconOnly icon="plus" disabled={count >= most} onClick={() => step(1)}>
          {t('billing.seat-more')}
        </Button>
      </span>
    </div>
  )
}
