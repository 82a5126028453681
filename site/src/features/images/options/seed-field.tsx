import { useId } from 'preact/hooks'
import { Button } from '../../../ui/button.tsx'
import { describedBy, FieldFrame } from '../../../ui/field.tsx'
import { useTranslate } from '../../../ui/locale-context.tsx'
import { readCount } from '../../../ui/read-count.ts'
import type { Lack } from '../state/lacks.ts'
import { MAX_SEED } from '../state/to-job-input.ts'

export interface SeedFieldProps {
  value: string
  lack: Lack | null
  onChange: (seed: string) => void
}

const diceRoll = (): string => String(crypto.getRandomValues(new Uint32Array(1))[0])

/** The same seed with the same words draws the same picture. */
export function SeedField({ value, lack, onChange }: SeedFieldProps) {
  const t = useTranslate()
  const id = useId()
  const wrong = !lack && readCount(value, { least: 0, most: MAX_SEED }) === 'invalid'
  const frame = {
    label: t('images.seed'),
    hint: lack ? t(lack.key) : undefined,
    error: wrong ? t('images.fault-seed') : null,
  }
  return (
    <FieldFrame {...frame} id={id}>
      <span class="images-seed">
        <input
          id={id}
          class="input"
          dir="ltr"
          inputMode="numeric"
          autocomplete="off"
          value={value}
          disabled={lack !== null}
          placeholder={t('images.seed-random')}
          aria-invalid={wrong || undefined}
          aria-describedby={describedBy(id, frame)}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
        <Button iconOnly icon="dice" disabled={lack !== null} onClick={() => onChange(diceRoll())}>
          {t('images.seed-roll')}
        </Button>
        {value !== '' && !lack && (
          <Button variant="ghost" iconOnly icon="close" onClick={() => onChange('')}>
            {t('images.seed-clear')}
          </Button>
        )}
      </span>
    </FieldFrame>
  )
}
