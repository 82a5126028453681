import type { ImageModelInfo, ImageStyle } from '#shared/contracts/images'
import { formatNumber } from '../../../i18n/format-number.ts'
import { hasKey } from '../../../i18n/translate.ts'
import type { Translate } from '../../../i18n/translate.ts'
import { Field } from '../../../ui/field.tsx'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'
import { readCount } from '../../../ui/read-count.ts'
import { TextArea } from '../../../ui/text-area.tsx'
import { operationOf, takesPrompt } from '../state/draft.ts'
import type { Draft } from '../state/draft.ts'
import { lacksOf } from '../state/lacks.ts'
import { Choices } from './choices.tsx'
import { SeedField } from './seed-field.tsx'
import { SizeField } from './size-field.tsx'
import { StyleField } from './style-field.tsx'

export interface OptionsPanelProps {
  draft: Draft
  model: ImageModelInfo
  styles: readonly ImageStyle[]
  onChange: (part: Partial<Draft>) => void
}

/** Qualities are the vendor's words; those that many use are said in the reader's. */
export function qualityName({ locale, t, quality }: { locale: string; t: Translate; quality: string }): string {
  const key = `images.quality-${quality.toLowerCase()}`
  return hasKey(locale, key) ? t(key) : quality
}

/** A choice of ten is none. */
const usualCounts = [1, 2, 3, 4, 6, 8, 10] as const
const ALWAYS_SHOWN = 4

export function OptionsPanel({ draft, model, styles, onChange }: OptionsPanelProps) {
  const t = useTranslate()
  const locale = useLocale()
  const operation = operationOf(draft)
  const lacks = lacksOf(model, operation)
  const counts = usualCounts.filter((number) => number <= Math.max(ALWAYS_SHOWN, model.max_images))
  const count = Math.min(draft.count, model.max_images)
  const badCompression = readCount(draft.compression, { least: 0, most: 100 }) === 'invalid'
  return (
    <div class="images-options">
      <SizeField model={model} value={draft.size} lack={lacks.size} onChange={(size) => onChange({ size })} />
      <Choices
        label={t('images.count')}
        value={String(count)}
        lack={lacks.count}
        options={counts.map((number) => ({
          value: String(number),
          label: formatNumber(locale, number),
          lack:
            number > model.max_images && model.max_images > 1
              ? { key: 'images.lack-count-most', values: { count: model.max_images } }
              : null,
        }))}
        onChange={(value) => onChange({ count: Number(value) })}
      />
      <Choices
        label={t('images.quality')}
        value={draft.quality !== null && model.qualities.includes(draft.quality) ? draft.quality : ''}
        lack={lacks.quality}
        options={[
          { value: '', label: t('images.quality-usual') },
          ...model.qualities.map((quality) => ({ value: quality, label: qualityName({ locale, t, quality }) })),
        ]}
        onChange={(quality) => onChange({ quality: quality || null })}
      />
      {takesPrompt(operation) && (
        <>
          <StyleField styles={styles} value={draft.style} onChange={(style) => onChange({ style })} />
          <TextArea
            label={t('images.negative')}
            hint={lacks.negative ? t(lacks.negative.key) : t('images.negative-hint')}
            value={draft.negative}
            rows={2}
            maxLength={4_000}
            disabled={lacks.negative !== null}
            onInput={(negative) => onChange({ negative })}
          />
        </>
      )}
      <SeedField value={draft.seed} lack={lacks.seed} onChange={(seed) => onChange({ seed })} />
      <Choices
        label={t('images.background')}
        value={draft.background}
        lack={lacks.transparency}
        options={[
          { value: 'auto', label: t('images.background-auto') },
          { value: 'opaque', label: t('images.background-opaque') },
          {
            value: 'transparent',
            label: t('images.background-transparent'),
            lack: draft.format === 'jpeg' ? { key: 'images.lack-jpeg' } : null,
          },
        ]}
        onChange={(background) => onChange({ background })}
      />
      <Choices
        label={t('images.format')}
        value={draft.format}
        options={[
          { value: 'png', label: 'PNG' },
          { value: 'webp', label: 'WebP' },
          { value: 'jpeg', label: 'JPEG' },
        ]}
        onChange={(format) => onChange({ format })}
      />
      {draft.format !== 'png' && (
        <Field
          label={t('images.compression')}
          hint={t('images.compression-hint')}
          error={badCompression ? t('images.fault-compression') : null}
          value={draft.compression}
          latin
          optional
          inputMode="numeric"
          onInput={(compression) => onChange({ compression })}
        />
      )}
    </div>
  )
}
