import type { UsageAlerts } from '#shared/contracts/usage'
import { useState } from 'preact/hooks'
import { useAction } from '../../api/use-action.ts'
import { useResource } from '../../api/use-resource.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Field } from '../../ui/field.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { readPercents, typedPercents } from '../../ui/read-percents.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { getAlerts, setAlerts } from './usage-calls.ts'

/** At which shares of its included credit the organization is told. */
export function AlertsCard({ organizationId }: { organizationId: string | null }) {
  const t = useTranslate()
  const { data, problem, reload, replace } = useResource(organizationId && `alerts-${organizationId}`, getAlerts)
  return (
    <section class="card usage-panel" aria-labelledby="usage-alerts">
      <header class="usage-panel-head">
        <h2 id="usage-alerts">{t('usage.alerts')}</h2>
      </header>
      <div class="usage-forecast-room">
        {problem ? (
          <ErrorState problem={problem} onRetry={reload} compact />
        ) : data === null ? (
          <Skeleton lines={5} />
        ) : (
          <AlertsForm alerts={data} onSaved={(saved) => replace(() => saved)} />
        )}
      </div>
    </section>
  )
}

function AlertsForm({ alerts, onSaved }: { alerts: UsageAlerts; onSaved: (alerts: UsageAlerts) => void }) {
  const t = useTranslate()
  const locale = useLocale()
  const [typed, setTyped] = useState(typedPercents(alerts.percents))
  const [said, setSaid] = useState('')
  const percents = readPercents(typed)
  const { run, running, problem } = useAction(async (wanted: number[]) => {
    const saved = await setAlerts(wanted)
    setTyped(typedPercents(saved.percents))
    onSaved(saved)
  })
  const submit = async (event: Event) => {
    event.preventDefault()
    if (percents === 'invalid') return setSaid('')
    if (await run(percents)) setSaid(t('usage.alerts-saved'))
  }
  return (
    <form class="usage-forecast" onSubmit={(event) => void submit(event)} noValidate>
      <p class="usage-quiet">{t(alerts.period ? 'usage.alerts-text' : 'usage.alerts-no-plan')}</p>
      <Field
        label={t('usage.alerts-shares')}
        hint={t('usage.alerts-hint')}
        value={typed}
        onInput={(text) => {
          setTyped(text)
          setSaid('')
        }}
        error={percents === 'invalid' ? t('limits.fault-alerts-invalid') : null}
        autocomplete="off"
        maxLength={60}
        latin
      />
      {alerts.told.length > 0 && (
        <p class="usage-quiet">
          {t('usage.alerts-told', {
            shares: alerts.told.map(({ percent, at }) => `${percent}% (${formatTime(locale, at, 'date')})`).join(' · '),
          })}
        </p>
      )}
      {problem && <ProblemNote problem={problem} />}
      <div class="cluster">
        <Button type="submit" busy={running}>
          {t('usage.alerts-save')}
        </Button>
        <p class="usage-quiet" aria-live="polite">
          {said}
        </p>
      </div>
    </form>
  )
}
