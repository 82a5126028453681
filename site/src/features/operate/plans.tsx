import { useState } from 'preact/hooks'
import type { AdminPlan } from '#shared/contracts/billing-administration'
import { useAction } from '../../api/use-action.ts'
import { useResource } from '../../api/use-resource.ts'
import { formatNumber } from '../../i18n/format-number.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toasts.ts'
import { localText } from '../billing/local-text.ts'
import { archivePlan, listSold } from './operate-calls.ts'
import { PlanEditor } from './plan-editor.tsx'
import { PriceList } from './price-list.tsx'
import { kebab } from './kebab.ts'

type Task = { kind: 'edit'; plan: AdminPlan | null } | { kind: 'versions' | 'archive'; plan: AdminPlan }

export function Plans() {
  const t = useTranslate()
  const { data, problem, reload, replace } = useResource('operate-plans', listSold)
  const [task, setTask] = useState<Task | null>(null)
  const changed = (plan: AdminPlan) =>
    replace((sold) => ({
      ...sold,
      plans: (sold.plans.some(({ id }) => id === plan.id)
        ? sold.plans.map((each) => (each.id === plan.id ? plan : each))
        : [...sold.plans, plan]
      ).toSorted((a, b) => a.position - b.position),
    }))
  if (task?.kind === 'edit')
    return (
      <PlanEditor
        plan={task.plan}
        plans={data?.plans ?? []}
        onClose={() => setTask(null)}
        onSaved={(plan) => {
          changed(plan)
          setTask(null)
        }}
        onStale={reload}
      />
    )
  return (
    <section class="card stack" aria-labelledby="operate-plans">
      <div class="spread">
        <h2 id="operate-plans">{t('operate.tab-plans')}</h2>
        <Button variant="primary" icon="plus" onClick={() => setTask({ kind: 'edit', plan: null })}>
          {t('operate.new-plan')}
        </Button>
      </div>
      <p class="muted small">{t('operate.plans-text')}</p>
      {!data && (problem ? <ErrorState problem={problem} onRetry={reload} compact /> : <Skeleton lines={6} />)}
      {data && <PlanTable plans={data.plans} onTask={setTask} />}
      {task && task.kind === 'versions' && <Versions plan={task.plan} onClose={() => setTask(null)} />}
      {task && task.kind === 'archive' && (
        <Archive
          plan={task.plan}
          onClose={() => setTask(null)}
          onDone={(plan) => {
            changed(plan)
            setTask(null)
          }}
        />
      )}
    </section>
  )
}

function PlanTable({ plans, onTask }: { plans: AdminPlan[]; onTask: (task: Task) => void }) {
  const t = useTranslate()
  const locale = useLocale()
  return (
    <DataTable
      caption={t('operate.tab-plans')}
      rows={plans}
      idOf={({ id }) => id}
      isFaded={({ archived }) => archived}
      columns={[
        {
          name: 'name',
          heading: t('operate.plan'),
          title: true,
          cell: ({ id, body, archived, available }) => (
            <span class="operate-name">
              <span class="cluster">
                <bdi>{localText(body.name, locale)}</bdi>
                {archived && <Badge>{t('operate.archived')}</Badge>}
                {!archived && !available && <Badge tone="warning">{t('operate.not-available')}</Badge>}
              </span>
              <span class="operate-quiet">
                <code dir="ltr">{id}</code> · {t(`operate.kind-${kebab(body.kind)}`)}
              </span>
            </span>
          ),
        },
        { name: 'prices', heading: t('operate.prices'), cell: ({ body }) => <PriceList prices={body.prices} /> },
        {
          name: 'version',
          heading: t('operate.version'),
          numeric: true,
          cell: (plan) => (
            <Button
              size="sm"
              variant="ghost"
              aria-label={t('operate.version-of', { version: plan.version, name: localText(plan.body.name, locale) })}
              onClick={() => onTask({ kind: 'versions', plan })}
            >
              {formatNumber(locale, plan.version)}
            </Button>
          ),
        },
        {
          name: 'subscribers',
          heading: t('operate.subscribers'),
          numeric: true,
          cell: ({ subscribers }) => formatNumber(locale, subscribers),
        },
        {
          name: 'actions',
          heading: t('admin.actions'),
          headingHidden: true,
          cell: (plan) => (
            <>
              <Button
                size="sm"
                icon="edit"
                aria-label={t('operate.named', { action: t('operate.edit'), name: localText(plan.body.name, locale) })}
                onClick={() => onTask({ kind: 'edit', plan })}
              >
                {t('operate.edit')}
              </Button>
              {plan.body.kind !== 'free' && (
                <Button
                  size="sm"
                  variant="ghost"
                  aria-label={t('operate.named', {
                    action: t(plan.archived ? 'operate.restore' : 'operate.archive'),
                    name: localText(plan.body.name, locale),
                  })}
                  onClick={() => onTask({ kind: 'archive', plan })}
                >
                  {t(plan.archived ? 'operate.restore' : 'operate.archive')}
                </Button>
              )}
            </>
          ),
        },
      ]}
    />
  )
}

function Versions({ plan, onClose }: { plan: AdminPlan; onClose: () => void }) {
  const t = useTranslate()
  const locale = useLocale()
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('operate.versions-title', { name: localText(plan.body.name, locale) })}
      description={t('operate.versions-text')}
    >
      <DataTable
        caption={t('operate.versions-title', { name: localText(plan.body.name, locale) })}
        rows={plan.versions}
        idOf={({ version }) => String(version)}
        columns={[
          {
            name: 'version',
            heading: t('operate.version'),
            title: true,
            cell: ({ version }) => (
              <span class="cluster">
                {formatNumber(locale, version)}
                {version === plan.version && <Badge tone="success">{t('operate.sold-now')}</Badge>}
              </span>
            ),
          },
          { name: 'at', heading: t('operate.since'), cell: ({ created_at }) => formatTime(locale, created_at) },
          {
            name: 'subscribers',
            heading: t('operate.subscribers'),
            numeric: true,
            cell: ({ subscribers }) => formatNumber(locale, subscribers),
          },
        ]}
      />
    </Dialog>
  )
}

interface ArchiveProps {
  plan: AdminPlan
  onClose: () => void
  onDone: (plan: AdminPlan) => void
}

function Archive({ plan, onClose, onDone }: ArchiveProps) {
  const t = useTranslate()
  const locale = useLocale()
  const name = localText(plan.body.name, locale)
  const action = useAction(async () => {
    onDone(await archivePlan(plan.id, !plan.archived))
    toast({ text: t(plan.archived ? 'operate.restored' : 'operate.archived-done', { name }) })
  })
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      onConfirm={() => void action.run()}
      title={t(plan.archived ? 'operate.restore-named' : 'operate.archive-named', { name })}
      description={t(plan.archived ? 'operate.restore-text' : 'operate.archive-text', { count: plan.subscribers })}
      confirmLabel={t(plan.archived ? 'operate.restore' : 'operate.archive')}
      busy={action.running}
      problem={action.problem}
    />
  )
}
