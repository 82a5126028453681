import { useState } from 'preact/hooks'
import type { OrganizationState } from '#shared/contracts/organizations'
import { loadAccount, may } from '../../api/account.ts'
import { useAction } from '../../api/use-action.ts'
import { useResource } from '../../api/use-resource.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Field } from '../../ui/field.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { readCount } from '../../ui/read-count.ts'
import type { AmountFault } from '../../ui/read-amount.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toasts.ts'
import { BudgetFields } from './budget-fields.tsx'
import { budgetDraftOf, isSameBudget, readBudget } from './budget-form.ts'
import { BudgetState } from './budget-state.tsx'
import { DeleteOrganization } from './delete-organization.tsx'
import { getOrganization, updateOrganization } from './member-calls.ts'

const RATE_MAX = 1_000_000

/** The organization itself: its name, and what all together may spend. */
export function OrganizationSettings({ organizationId }: { organizationId: string }) {
  const t = useTranslate()
  const { data, problem, reload, replace } = useResource(`organization-${organizationId}`, getOrganization)
  if (problem) return <ErrorState problem={problem} onRetry={reload} compact />
  if (!data) return <Skeleton lines={6} />
  return (
    <div class="stack members-settings">
      {!data.personal && <NameForm organization={data} onSaved={(saved) => replace(() => saved)} />}
      <section aria-labelledby="members-region">
        <h2 class="members-subhead" id="members-region">
          {t('members.region')}
        </h2>
        <p>{t(`members.region-${data.region ?? 'none'}`)}</p>
      </section>
      <section class="stack" aria-labelledby="members-limits">
        <h2 class="members-subhead" id="members-limits">
          {t('members.limits')}
        </h2>
        <BudgetState {...data} />
        {may('budgets.manage') ? (
          <LimitsForm key={data.id} organization={data} onSaved={(saved) => replace(() => saved)} />
        ) : (
          <Note>{t('members.limits-forbidden')}</Note>
        )}
      </section>
      {!data.personal && may('organization.delete') && <DeleteOrganization name={data.name} />}
    </div>
  )
}

interface FormProps {
  organization: OrganizationState
  onSaved: (organization: OrganizationState) => void
}

function NameForm({ organization, onSaved }: FormProps) {
  const t = useTranslate()
  const [name, setName] = useState(organization.name)
  const [error, setError] = useState<string | null>(null)
  const allowed = may('organization.update')
  const save = useAction(async () => {
    onSaved(await updateOrganization({ name: name.trim() }))
    toast({ text: t('members.name-saved') })
    await loadAccount({ again: true })
  })
  const submit = (event: Event) => {
    event.preventDefault()
    setError(name.trim() === '' ? t('ui.required') : null)
    if (name.trim() !== '') void save.run()
  }
  return (
    <form class="stack" onSubmit={submit} noValidate>
      <Field
        label={t('members.organization-name')}
        hint={allowed ? t('members.settings-name-text') : t('members.settings-forbidden')}
        value={name}
        onInput={setName}
        error={error}
        maxLength={100}
        disabled={!allowed}
        autocomplete="organization"
      />
      {save.problem && <ProblemNote problem={save.problem} />}
      {allowed && (
        <div>
          <Button type="submit" variant="primary" busy={save.running} disabled={name.trim() === organization.name}>
            {t('ui.save')}
          </Button>
        </div>
      )}
    </form>
  )
}

function LimitsForm({ organization, onSaved }: FormProps) {
  const t = useTranslate()
  const [budget, setBudget] = useState(() => budgetDraftOf(organization))
  const [rate, setRate] = useState(organization.rate_limit_rpm === null ? '' : String(organization.rate_limit_rpm))
  const [fault, setFault] = useState<AmountFault | null>(null)
  const [rateWrong, setRateWrong] = useState(false)
  const save = useAction(async () => {
    const reading = readBudget(budget)
    const count = readCount(rate, { most: RATE_MAX })
    setFault(reading.ok ? null : reading.fault)
    setRateWrong(count === 'invalid')
    if (!reading.ok || count === 'invalid') return
    const change = {
      ...(!isSameBudget(reading.body, organization) && reading.body),
      ...(count !== organization.rate_limit_rpm && { rate_limit_rpm: count }),
    }
    if (Object.keys(change).length > 0) onSaved(await updateOrganization(change))
    toast({ text: t('members.limits-saved') })
  })
  const submit = (event: Event) => {
    event.preventDefault()
    void save.run()
  }
  return (
    <form class="stack" onSubmit={submit} noValidate>
      <p class="muted small">{t('members.organization-budget-text')}</p>
      <BudgetFields label={t('members.organization-budget')} draft={budget} onChange={setBudget} fault={fault} />
      <Field
        label={t('members.rate-limit')}
        hint={t('members.rate-limit-text')}
        error={rateWrong ? t('members.rate-limit-invalid') : null}
        value={rate}
        onInput={setRate}
        inputMode="numeric"
        autocomplete="off"
        latin
        optional
      />
      {save.problem && <ProblemNote problem={save.problem} />}
      <div>
        <Button type="submit" variant="primary" busy={save.running}>
          {t('ui.save')}
        </Button>
      </div>
    </form>
  )
}
