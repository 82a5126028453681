import { useEffect, useState } from 'preact/hooks'
import { providerKeyVendors } from '#shared/contracts/vault'
import type { ProviderKey } from '#shared/contracts/vault'
import { account, accountProblem, loadAccount, may } from '../../api/account.ts'
import { useAction } from '../../api/use-action.ts'
import { useResource } from '../../api/use-resource.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { island, useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toasts.ts'
import { FallbackCard } from './fallback-card.tsx'
import { deleteProviderKey, listProviderKeys } from './provider-key-calls.ts'
import { ProviderKeyDialog, vendorLabel } from './provider-key-dialog.tsx'
import { ProviderKeyTable } from './provider-key-table.tsx'
import './provider-keys.css'

/** What a person is about to do. `replaced: null` adds one. */
export type Task = { kind: 'save'; replaced: ProviderKey | null } | { kind: 'delete'; key: ProviderKey }

function ProviderKeys() {
  const t = useTranslate()
  const locale = useLocale()
  useEffect(() => void loadAccount(), [])
  const known = account.value
  const allowed = known === null || may('provider-keys.manage')
  return (
    <div class="stack provider-keys">
      <header class="page-head">
        <div>
          <h1>{t('provider-keys.title')}</h1>
          <p>
            {t('provider-keys.intro')} <a href={`/${locale}/docs/provider-keys`}>{t('provider-keys.docs')}</a>
          </p>
        </div>
      </header>
      {accountProblem.value && (
        <ErrorState problem={accountProblem.value} onRetry={() => void loadAccount({ again: true })} compact />
      )}
      {known && !allowed ? (
        <Note>{t('provider-keys.forbidden', { role: t(`role.${known.organization.role}`) })}</Note>
      ) : (
        <ProviderKeyList organizationId={known?.organization.id ?? null} />
      )}
    </div>
  )
}

/** The same list with one key as it is now, in the order of the vendors. */
const withKey = (all: ProviderKey[], key: ProviderKey): ProviderKey[] =>
  [...all.filter(({ vendor }) => vendor !== key.vendor), key].toSorted((a, b) => (a.vendor < b.vendor ? -1 : 1))

function ProviderKeyList({ organizationId }: { organizationId: string | null }) {
  const t = useTranslate()
  const [task, setTask] = useState<Task | null>(null)
  const { data, problem, reload, replace } = useResource(
    organizationId && `provider-keys-${organizationId}`,
    listProviderKeys,
  )
  const add = (
    <Button variant="primary" icon="plus" onClick={() => setTask({ kind: 'save', replaced: null })}>
      {t('provider-keys.add')}
    </Button>
  )
  return (
    <>
      {data === null && problem && <ErrorState problem={problem} onRetry={reload} />}
      {data === null && !problem && (
        <div class="card">
          <Skeleton lines={5} />
        </div>
      )}
      {data?.length === 0 && (
        <div class="card">
          <EmptyState
            icon="provider-keys"
            title={t('provider-keys.empty-title')}
            text={t('provider-keys.empty-text')}
            action={add}
          />
        </div>
      )}
      {data && data.length > 0 && (
        <>
          <div class="card provider-keys-card">
            <ProviderKeyTable keys={data} onTask={setTask} />
          </div>
          {data.length < providerKeyVendors.length && <div>{add}</div>}
        </>
      )}
      {data && organizationId && <FallbackCard organizationId={organizationId} />}
      <Dialogs
        task={task}
        taken={(data ?? []).map(({ vendor }) => vendor)}
        onClose={() => setTask(null)}
        onSaved={(key) => replace((all) => withKey(all, key))}
        onDeleted={(id) => replace((all) => all.filter((key) => key.id !== id))}
      />
    </>
  )
}

interface DialogsProps {
  task: Task | null
  taken: ProviderKey['vendor'][]
  onClose: () => void
  onSaved: (key: ProviderKey) => void
  onDeleted: (id: string) => void
}

function Dialogs({ task, taken, onClose, onSaved, onDeleted }: DialogsProps) {
  const t = useTranslate()
  const remove = useAction(async (id: string) => {
    await deleteProviderKey(id)
    onDeleted(id)
    onClose()
    toast({ text: t('provider-keys.deleted') })
  })
  const close = () => {
    remove.clear()
    onClose()
  }
  const vendor = task?.kind === 'delete' ? vendorLabel(t, task.key.vendor) : ''
  return (
    <>
      <ProviderKeyDialog
        open={task?.kind === 'save'}
        replaced={task?.kind === 'save' ? task.replaced : null}
        taken={taken}
        onClose={close}
        onSaved={(key) => {
          onSaved(key)
          onClose()
          toast({ text: t('provider-keys.saved') })
        }}
      />
      <ConfirmDialog
        open={task?.kind === 'delete'}
        onClose={close}
        onConfirm={() => task?.kind === 'delete' && void remove.run(task.key.id)}
        title={t('provider-keys.delete-title', { vendor })}
        description={t('provider-keys.delete-text')}
        confirmLabel={t('provider-keys.delete')}
        danger
        busy={remove.running}
        problem={remove.problem}
      />
    </>
  )
}

export const ProviderKeysIsland = island(ProviderKeys)
