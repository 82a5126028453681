import type { BudgetPeriod } from '#shared/contracts/ledger'
import { formatDuration } from '../../i18n/format-duration.ts'
import { Field } from '../../ui/field.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Select } from '../../ui/select.tsx'
import type { KeyDraft } from './key-form.ts'

const periods: BudgetPeriod[] = ['day', 'week', 'month', 'forever']
const cacheTimes = ['300', '3600', '86400', '604800', '2592000']

interface KeyLimitsProps {
  draft: KeyDraft
  onChange: (part: Partial<KeyDraft>) => void
  /** What is wrong with a field, in words. */
  sentence: (name: keyof KeyDraft) => string | undefined
}

/** What a key may spend and do. Everything here may be left empty. */
export function KeyLimits({ draft, onChange, sentence }: KeyLimitsProps) {
  const t = useTranslate()
  const noBudget = draft.budget.trim() === ''
  return (
    <>
      <div class="keys-pair">
        <Field
          label={t('keys.budget')}
          hint={t('keys.budget-hint')}
          error={sentence('budget')}
          optional
          value={draft.budget}
          onInput={(budget) => onChange({ budget })}
          latin
          inputMode="decimal"
          autocomplete="off"
        />
        <Select
          label={t('keys.period')}
          value={draft.period}
          onChange={(period) => onChange({ period })}
          options={periods.map((value) => ({ value, label: t(`keys.period-${value}`) }))}
          disabled={noBudget}
        />
      </div>
      {!noBudget && (
        <Field
          label={t('keys.alerts')}
          hint={t('keys.alerts-hint')}
          error={sentence('alerts')}
          optional
          value={draft.alerts}
          onInput={(alerts) => onChange({ alerts })}
          latin
          autocomplete="off"
        />
      )}
      <div class="keys-thirds">
        <CountField name="requestsPerMinute" label={t('keys.rate')} {...{ draft, onChange, sentence }} />
        <CountField name="tokensPerMinute" label={t('keys.tokens')} {...{ draft, onChange, sentence }} />
        <CountField name="parallel" label={t('keys.parallel')} {...{ draft, onChange, sentence }} />
      </div>
      <CacheTime draft={draft} onChange={onChange} />
    </>
  )
}

interface CountFieldProps extends KeyLimitsProps {
  name: 'requestsPerMinute' | 'tokensPerMinute' | 'parallel'
  label: string
}

function CountField({ name, label, draft, onChange, sentence }: CountFieldProps) {
  return (
    <Field
      label={label}
      error={sentence(name)}
      optional
      value={draft[name]}
      onInput={(typed) => onChange({ [name]: typed })}
      latin
      inputMode="numeric"
      autocomplete="off"
    />
  )
}

function CacheTime({ draft, onChange }: Pick<KeyLimitsProps, 'draft' | 'onChange'>) {
  const t = useTranslate()
  const locale = useLocale()
  // A program may have chosen a time of its own.
  const times = [...new Set([...cacheTimes, draft.cacheSeconds])].filter((time) => time !== '')
  return (
    <Select
      label={t('keys.cache')}
      hint={t('keys.cache-hint')}
      value={draft.cacheSeconds}
      onChange={(cacheSeconds) => onChange({ cacheSeconds })}
      options={[
        { value: '', label: t('keys.cache-off') },
        ...times
          .toSorted((a, b) => Number(a) - Number(b))
          .map((value) => ({ value, label: formatDuration(locale, Number(value)) })),
      ]}
    />
  )
}
