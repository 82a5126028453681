import { useEffect, useState } from 'preact/hooks'
import { useAction } from '../../api/use-action.ts'
import { localized } from '../../i18n/paths.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { toast } from '../../ui/toasts.ts'
import { resumeSubscription, undoChange } from './billing-calls.ts'
import type { BillingParts } from './billing-sections.tsx'
import { localText } from './local-text.ts'
import { runs } from './plan-action.ts'
import { planFacts } from './plan-facts.ts'
import { subscriptionSentences } from './subscription-sentences.ts'

interface PlanCardProps extends BillingParts {
  onChange: () => void
  onCancel: () => void
}

export function PlanCard({ overview, mayManage, onChanged, onChange, onCancel }: PlanCardProps) {
  const t = useTranslate()
  const locale = useLocale()
  const [now, setNow] = useState(0)
  useEffect(() => setNow(Date.now()), [])
  const subscription = runs(overview.subscription) ? overview.subscription : null
  const sells = overview.mode === 'stripe'
  const overdue = subscription !== null && subscription.past_due_since !== null
  const contract = overview.plan.body.kind === 'contract'
  const undo = useAction(async () => {
    await undoChange()
    onChanged()
    toast({ text: t('billing.change-undone') })
  })
  const resume = useAction(async () => {
    await resumeSubscription()
    onChanged()
    toast({ text: t('billing.resumed') })
  })
  const problem = undo.problem ?? resume.problem
  return (
    <section class="card billing-card billing-plan" aria-labelledby="billing-plan">
      <div class="spread">
        <h2 id="billing-plan">
          {localText(overview.plan.body.name, locale)}{' '}
          {!overview.plan_is_current && <Badge>{t('billing.old-version')}</Badge>}
        </h2>
        <LinkButton href={localized(locale, '/pricing')} size="sm" variant="ghost">
          {t('billing.compare')}
        </LinkButton>
      </div>
      <div class="billing-sentences">
        {sells &&
          subscriptionSentences({ overview, locale, now }).map(({ tone, text }) => (
            <p key={text} class={`billing-sentence billing-sentence-${tone}`}>
              {text}
            </p>
          ))}
        {!overview.plan_is_current && <p class="muted small">{t('billing.old-version-text')}</p>}
      </div>
      <ul class="billing-facts" role="list">
        {planFacts(overview.plan.body, locale, subscription?.interval ?? 'month').map((fact) => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
      {problem && <ProblemNote problem={problem} />}
      {sells && mayManage && (
        <div class="cluster">
          {subscription?.pending_change && (
            <Button variant="primary" busy={undo.running} onClick={() => void undo.run()}>
              {t('billing.undo-change')}
            </Button>
          )}
          {subscription?.cancels_at && (
            <Button variant="primary" busy={resume.running} onClick={() => void resume.run()}>
              {t('billing.resume')}
            </Button>
          )}
          {!contract && !subscription?.cancels_at && (
            <Button
              variant={subscription?.pending_change ? 'secondary' : 'primary'}
              disabled={overdue}
              onClick={onChange}
            >
              {t(subscription ? 'billing.change-plan' : 'billing.choose-plan')}
            </Button>
          )}
          {subscription && !subscription.cancels_at && (
            <Button variant="ghost" onClick={onCancel}>
              {t('billing.cancel-plan')}
            </Button>
          )}
          {overdue && <p class="muted small">{t('billing.locked-overdue')}</p>}
        </div>
      )}
    </section>
  )
}
