import { webhookEventTypes } from '#shared/contracts/webhooks'
import { Checkbox } from '../../ui/checkbox.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { eventSentence } from './delivery-words.ts'
import type { EventType } from './webhook-form.ts'

interface EventChoiceProps {
  limited: boolean
  onLimited: (limited: boolean) => void
  chosen: EventType[]
  onChange: (chosen: EventType[]) => void
  fault: string | undefined
}

export function EventChoice({ limited, onLimited, chosen, onChange, fault }: EventChoiceProps) {
  const t = useTranslate()
  const locale = useLocale()
  return (
    <fieldset class="webhooks-fieldset" aria-describedby={fault ? 'webhooks-events-fault' : undefined}>
      <legend class="field-label">{t('webhooks.events')}</legend>
      <Segmented
        label={t('webhooks.events')}
        value={limited ? 'some' : 'all'}
        onChange={(value) => onLimited(value === 'some')}
        options={[
          { value: 'all', label: t('webhooks.events-all') },
          { value: 'some', label: t('webhooks.events-some') },
        ]}
      />
      {limited ? (
        webhookEventTypes.map((type) => (
          <Checkbox
            key={type}
            name={`event-${type}`}
            label={
              <span class="webhooks-event">
                <code>{type}</code> <span>{eventSentence(locale, type)}</span>
              </span>
            }
            checked={chosen.includes(type)}
            onChange={(checked) => onChange(checked ? [...chosen, type] : chosen.filter((other) => other !== type))}
          />
        ))
      ) : (
        <p class="field-hint">{t('webhooks.events-all-hint')}</p>
      )}
      {fault && (
        <p class="field-error webhooks-fault" id="webhooks-events-fault" tabIndex={-1}>
          {fault}
        </p>
      )}
    </fieldset>
  )
}
