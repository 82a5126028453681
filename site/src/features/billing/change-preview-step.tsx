import { useEffect, useRef, useState } from 'preact/hooks'
import type { ChangePreview, ChangeResult, ChangeWanted } from '#shared/contracts/billing'
import type { Plan } from '#shared/contracts/plans'
import { toApiProblem } from '../../api/api-problem.ts'
import { useAction } from '../../api/use-action.ts'
import { useResource } from '../../api/use-resource.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toasts.ts'
import { confirmChange, openPortal, previewChange } from './billing-calls.ts'
import { portalReturnPath } from './billing-address.ts'
import { ChangeLines } from './change-lines.tsx'
import { leaveFor } from './leave-for.ts'
import { useSlow } from './use-slow.ts'

interface ChangePreviewStepProps {
  wanted: ChangeWanted
  plan: Plan
  onBack: () => void
  onClose: () => void
  onChanged: () => void
}

/** What is confirmed is what was shown: its amounts go back with the confirmation. */
export function ChangePreviewStep({ wanted, plan, onBack, onClose, onChanged }: ChangePreviewStepProps) {
  const t = useTranslate()
  const [moved, setMoved] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  // The button that led here is gone: the keyboard goes on where the eyes do.
  useEffect(() => place.current?.focus(), [])
  const [result, setResult] = useState<ChangeResult | null>(null)
  const preview = useResource(JSON.stringify(wanted), () => previewChange(wanted))
  const confirm = useAction(async (shown: ChangePreview) => {
    setResult(null)
    setMoved(false)
    const { due_now_minor, proration_date } = shown
    const answer = await confirmChange({ ...wanted, due_now_minor, proration_date }).catch((error: unknown) => {
      if (!isAmountMoved(error)) throw error
      setMoved(true)
      preview.reload()
      return null
    })
    if (answer) settle(answer)
  })
  const slow = useSlow(preview.loading || confirm.running)
  const settle = (answer: ChangeResult) => {
    onChanged()
    if (answer.outcome === 'declined' || answer.outcome === 'action_required') return setResult(answer)
    toast({ text: t(answer.outcome === 'changed' ? 'billing.changed' : 'billing.scheduled') })
    onClose()
  }
  const shown = preview.data
  return (
    <div class="stack billing-step" ref={place} tabIndex={-1}>
      {moved && (
        <Note tone="warning" role="alert">
          {t('billing.amount-moved')}
        </Note>
      )}
      {preview.problem && <ErrorState problem={preview.problem} onRetry={preview.reload} compact />}
      {!shown && !preview.problem && <Skeleton lines={6} />}
      {shown && <ChangeLines preview={shown} plan={plan} wanted={wanted} />}
      {result && <Outcome result={result} />}
      {confirm.problem && <ProblemNote problem={confirm.problem} />}
      {slow && <p class="muted">{t('billing.slow')}</p>}
      <div class="dialog-foot">
        <Button onClick={onBack} disabled={confirm.running}>
          {t('ui.back')}
        </Button>
        {result?.outcome !== 'action_required' && (
          <Button
            variant="primary"
            disabled={!shown || preview.loading}
            busy={confirm.running}
            onClick={() => shown && void confirm.run(shown)}
          >
            {confirmWords(shown)}
          </Button>
        )}
      </div>
    </div>
  )

  function confirmWords(known: ChangePreview | null): string {
    if (result?.outcome === 'declined') return t('billing.try-payment-again')
    if (known?.when === 'period_end') return t('billing.confirm-later')
    return t(known && known.due_now_minor > 0 ? 'billing.confirm-pay' : 'billing.confirm-now')
  }
}

/** Somebody else, or the clock, changed what it costs; other conflicts have their own words. */
const isAmountMoved = (error: unknown): boolean => {
  const problem = toApiProblem(error)
  return problem.code === 'conflict' && 'due_now_minor' in problem.facts
}

/** The bank asks something, or says no: nothing changed until that is solved. */
function Outcome({ result }: { result: ChangeResult }) {
  const t = useTranslate()
  const locale = useLocale()
  const portal = useAction(async () =>
    leaveFor(
      await openPortal({
        flow: 'payment_method_update',
        locale: locale === 'ar' ? 'ar' : 'en',
        return_path: portalReturnPath(locale),
      }),
    ),
  )
  const declined = result.outcome === 'declined'
  return (
    <Note tone={declined ? 'danger' : 'warning'} role="alert">
      <div class="billing-overdue">
        <p>{t(declined ? 'billing.declined' : 'billing.action-required')}</p>
        {declined ? (
          <Button size="sm" icon="billing" busy={portal.running} onClick={() => void portal.run()}>
            {t('billing.update-card')}
          </Button>
        ) : (
          result.pay_url && (
            <LinkButton size="sm" variant="primary" href={result.pay_url}>
              {t('billing.confirm-at-bank')}
            </LinkButton>
          )
        )}
      </div>
      {portal.problem && <ProblemNote problem={portal.problem} />}
    </Note>
  )
}
