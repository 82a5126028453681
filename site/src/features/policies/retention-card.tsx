import { Checkbox } from '../../ui/checkbox.tsx'
import { Field } from '../../ui/field.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'
import { Select } from '../../ui/select.tsx'
import { PolicyCard } from './policy-card.tsx'
import { usePolicyForm } from './policy-form.ts'

const contents = ['none', 'redacted', 'full'] as const

/** What is kept of requests and answers, and for how long. */
export function RetentionCard() {
  const t = useTranslate()
  const { draft, onChange, errorOf } = usePolicyForm()
  return (
    <PolicyCard title={t('policies.retention')} text={t('policies.retention-text')}>
      <Checkbox
        label={t('policies.zero')}
        hint={t('policies.zero-text')}
        checked={draft.zeroRetention}
        onChange={(zeroRetention) => onChange({ zeroRetention })}
      />
      {draft.zeroRetention && <Note tone="warning">{t('policies.zero-note')}</Note>}
      <div class="policies-group">
        <h3>{t('policies.log')}</h3>
        <p class="muted small">{t('policies.log-text')}</p>
        <div class="policies-thirds">
          <Field
            label={t('policies.log-share')}
            error={errorOf('request_log.sample_percent')}
            value={draft.samplePercent}
            onInput={(samplePercent) => onChange({ samplePercent })}
            inputMode="numeric"
            autocomplete="off"
            latin
            disabled={draft.zeroRetention}
          />
          <Select
            label={t('policies.log-content')}
            value={draft.logContent}
            onChange={(logContent) => onChange({ logContent })}
            options={contents.map((value) => ({ value, label: t(`policies.log-${value}`) }))}
            disabled={draft.zeroRetention}
          />
          <Field
            label={t('policies.log-days')}
            error={errorOf('request_log.retention_days')}
            value={draft.logDays}
            onInput={(logDays) => onChange({ logDays })}
            inputMode="numeric"
            autocomplete="off"
            latin
            disabled={draft.zeroRetention}
          />
        </div>
      </div>
      <div class="policies-group">
        <h3>{t('policies.responses')}</h3>
        <Field
          label={t('policies.responses-days')}
          hint={t('policies.responses-text')}
          error={errorOf('response_retention_days')}
          value={draft.responseDays}
          onInput={(responseDays) => onChange({ responseDays })}
          inputMode="numeric"
          autocomplete="off"
          latin
          disabled={draft.zeroRetention}
        />
      </div>
    </PolicyCard>
  )
}
