import { useState } from 'preact/hooks'
import { useAction } from '../../api/use-action.ts'
import { useResource } from '../../api/use-resource.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Field } from '../../ui/field.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Select } from '../../ui/select.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toasts.ts'
import { localText } from '../billing/local-text.ts'
import { newContract, readContract, type ContractDraft } from './contract-form.ts'
import { sentences } from './fault-sentence.ts'
import { listSold, startContract, type Sold } from './operate-calls.ts'

interface ContractProps {
  organizationId: string
  name: string
  onClose: () => void
  onDone: () => void
}

export function ContractDialog(props: ContractProps) {
  const t = useTranslate()
  const { data, problem, reload } = useResource('operate-contract-plans', listSold)
  const plans = data?.plans.filter(({ body, archived }) => body.kind === 'contract' && !archived)
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t('operate.contract-title', { name: props.name })}
      description={t('operate.contract-text')}
    >
      {!plans && (problem ? <ErrorState problem={problem} onRetry={reload} compact /> : <Skeleton lines={4} />)}
      {plans?.length === 0 && <Note>{t('operate.no-contract-plans')}</Note>}
      {plans?.[0] && <ContractForm {...props} plans={plans} first={plans[0].id} />}
    </Dialog>
  )
}

function ContractForm({
  organizationId,
  plans,
  first,
  onClose,
  onDone,
}: ContractProps & { plans: Sold['plans']; first: string }) {
  const t = useTranslate()
  const locale = useLocale()
  const [draft, setDraft] = useState<ContractDraft>(() => newContract(first))
  const [tried, setTried] = useState(false)
  const change = (part: Partial<ContractDraft>) => setDraft((now) => ({ ...now, ...part }))
  const reading = readContract(organizationId, draft)
  const errorOf = sentences(tried && !reading.ok ? reading.faults : {}, t)
  const start = useAction(async () => {
    if (!reading.ok) return
    await startContract(reading.body)
    toast({ text: t('operate.contract-started') })
    onDone()
  })
  const field = (name: 'currency' | 'amount' | 'seats' | 'daysUntilDue') => ({
    label: t(`operate.contract-${name === 'daysUntilDue' ? 'days' : name}`),
    value: draft[name],
    onInput: (value: string) => change({ [name]: value }),
    error: errorOf(name),
    autocomplete: 'off',
    latin: true,
  })
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        void start.run()
      }}
    >
      <div class="operate-pair">
        <Select
          label={t('operate.plan')}
          value={draft.planId}
          onChange={(planId) => change({ planId })}
          options={plans.map(({ id, body }) => ({ value: id, label: localText(body.name, locale) }))}
        />
        <Select
          label={t('operate.contract-interval')}
          value={draft.interval}
          onChange={(interval) => change({ interval })}
          options={[
            { value: 'year', label: t('operate.yearly') },
            { value: 'month', label: t('operate.monthly') },
          ]}
        />
        <Field {...field('currency')} maxLength={3} hint={t('operate.currency-hint')} />
        <Field {...field('amount')} inputMode="decimal" hint={t('operate.contract-amount-hint')} />
        <Field {...field('seats')} inputMode="numeric" />
        <Field {...field('daysUntilDue')} inputMode="numeric" hint={t('operate.contract-due-hint')} />
      </div>
      {start.problem && (
        <ProblemNote
          problem={start.problem}
          sentence={start.problem.facts.reason === 'address_missing' ? t('operate.contract-needs-address') : undefined}
        />
      )}
      <div class="dialog-foot">
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" variant="primary" busy={start.running}>
          {t('operate.start-contract')}
        </Button>
      </div>
    </form>
  )
}
