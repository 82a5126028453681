import { useEffect, useState } from 'preact/hooks'
import type { AccountLimits } from '#shared/contracts/limits'
import { account, accountProblem, loadAccount, may } from '../../api/account.ts'
import { listModels } from '../../api/models.ts'
import { useAction } from '../../api/use-action.ts'
import { useResource } from '../../api/use-resource.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { island, useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toasts.ts'
import { liftLimits, listLimits, listMembers } from './limit-calls.ts'
import { LimitDialog } from './limit-dialog.tsx'
import type { Edited } from './limit-dialog.tsx'
import { memberRows, modelRows, modelsWithout, organizationLimits } from './limit-rows.ts'
import type { LimitRow } from './limit-rows.ts'
import { LimitTable } from './limit-table.tsx'
import { Rates, Spending } from './spending.tsx'
import './limits.css'

function Limits() {
  const t = useTranslate()
  useEffect(() => void loadAccount(), [])
  const organization = account.value?.organization
  return (
    <div class="stack limits">
      <header class="page-head">
        <div>
          <h1>{t('limits.title')}</h1>
          <p>{t('limits.intro')}</p>
        </div>
      </header>
      {accountProblem.value && (
        <ErrorState problem={accountProblem.value} onRetry={() => void loadAccount({ again: true })} compact />
      )}
      {organization ? <Accounts organizationId={organization.id} personal={organization.personal} /> : <Waiting />}
    </div>
  )
}

const Waiting = () => (
  <div class="card limits-wait">
    <Skeleton lines={8} />
  </div>
)

function Accounts({ organizationId, personal }: { organizationId: string; personal: boolean }) {
  const t = useTranslate()
  const limits = useResource(`limits-${organizationId}`, listLimits)
  const members = useResource(personal ? null : `limits-members-${organizationId}`, listMembers)
  const models = useResource('models', listModels)
  const [edited, setEdited] = useState<Edited | null>(null)
  const [lifted, setLifted] = useState<LimitRow | null>(null)
  const lift = useAction(async (row: LimitRow) => {
    await liftLimits(row.limits.account)
    limits.reload()
    setLifted(null)
    toast({ text: t('limits.lifted', { name: row.name }) })
  })
  const onSaved = (saved: AccountLimits) => {
    limits.replace((all) => [...all.filter(({ account: other }) => other !== saved.account), saved])
    setEdited(null)
    toast({ text: t('limits.saved') })
  }
  if (limits.data === null)
    return limits.problem ? <ErrorState problem={limits.problem} onRetry={limits.reload} /> : <Waiting />
  const all = limits.data
  const onEdit = may('budgets.manage') ? (row: LimitRow) => setEdited(row) : null
  const tables = { onEdit, onLift: setLifted }
  return (
    <>
      {!onEdit && <Note>{t('limits.forbidden')}</Note>}
      <Organization
        limits={organizationLimits(all)}
        onEdit={onEdit && ((own) => setEdited({ name: t('limits.organization'), limits: own }))}
      />
      {!personal && (
        <section class="card limits-card" aria-labelledby="limits-members">
          <h2 id="limits-members">{t('limits.members')}</h2>
          <p class="muted">{t('limits.members-text')}</p>
          {members.data === null && !members.problem && <Skeleton lines={4} />}
          {members.problem && <ErrorState problem={members.problem} onRetry={members.reload} compact />}
          {members.data && (
            <LimitTable
              caption={t('limits.members')}
              heading={t('limits.member')}
              rows={memberRows(members.data, all)}
              {...tables}
            />
          )}
        </section>
      )}
      <Models
        rows={modelRows(all, models.data ?? [])}
        onAdd={onEdit && models.data ? () => setEdited({ models: modelsWithout(all, models.data ?? []) }) : null}
        {...tables}
      />
      <LimitDialog edited={edited} onClose={() => setEdited(null)} onSaved={onSaved} />
      <ConfirmDialog
        open={lifted !== null}
        onClose={() => {
          setLifted(null)
          lift.clear()
        }}
        onConfirm={() => lifted && void lift.run(lifted)}
        title={t('limits.lift-title', { name: lifted?.name ?? '' })}
        description={t('limits.lift-text')}
        confirmLabel={t('limits.lift')}
        danger
        busy={lift.running}
        problem={lift.problem}
      />
    </>
  )
}

interface OrganizationProps {
  limits: AccountLimits
  onEdit: ((limits: AccountLimits) => void) | null
}

function Organization({ limits, onEdit }: OrganizationProps) {
  const t = useTranslate()
  return (
    <section class="card limits-card" aria-labelledby="limits-organization">
      <div class="spread">
        <h2 id="limits-organization">{t('limits.organization')}</h2>
        {onEdit && (
          <Button
            size="sm"
            icon="edit"
            aria-label={t('limits.edit-named', { name: t('limits.organization') })}
            onClick={() => onEdit(limits)}
          >
            {t('limits.edit')}
          </Button>
        )}
      </div>
      <p class="muted">{t('limits.organization-text')}</p>
      <div class="limits-whole">
        <Spending limits={limits} />
        <Rates limits={limits} />
      </div>
    </section>
  )
}

interface ModelsProps {
  rows: LimitRow[]
  onAdd: (() => void) | null
  onEdit: ((row: LimitRow) => void) | null
  onLift: (row: LimitRow) => void
}

function Models({ rows, onAdd, ...tables }: ModelsProps) {
  const t = useTranslate()
  return (
    <section class="card limits-card" aria-labelledby="limits-models">
      <div class="spread">
        <h2 id="limits-models">{t('limits.models')}</h2>
        {onAdd && (
          <Button size="sm" icon="plus" onClick={onAdd}>
            {t('limits.add-model')}
          </Button>
        )}
      </div>
      <p class="muted">{t('limits.models-text')}</p>
      {rows.length === 0 ? (
        <EmptyState compact icon="prices" title={t('limits.models-none')} />
      ) : (
        <LimitTable caption={t('limits.models')} heading={t('limits.model')} rows={rows} {...tables} />
      )}
    </section>
  )
}

export const LimitsIsland = island(Limits)
