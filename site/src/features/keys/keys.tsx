import { useEffect, useState } from 'preact/hooks'
import { account, accountProblem, loadAccount, may } from '../../api/account.ts'
import { useAction } from '../../api/use-action.ts'
import { useMemberNames } from '../../api/member-names.ts'
import { usePages } from '../../api/use-pages.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { LoadMore } from '../../ui/load-more.tsx'
import { island, useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toasts.ts'
import { listKeys, revokeKey } from './key-calls.ts'
import { KeyCards } from './key-cards.tsx'
import { KeyDialog } from './key-dialog.tsx'
import type { ApiKey, CreatedKey } from '#shared/contracts/keys'
import { SecretDialog } from './secret-dialog.tsx'
import './keys.css'

function Keys() {
  const t = useTranslate()
  const [form, setForm] = useState<{ edited: ApiKey | null } | null>(null)
  useEffect(() => void loadAccount(), [])
  const known = account.value
  const allowed = known === null || may('keys.use')
  return (
    <div class="stack keys">
      <header class="page-head">
        <div>
          <h1>{t('keys.title')}</h1>
          <p>{t('keys.intro')}</p>
        </div>
        {allowed && (
          <Button variant="primary" icon="plus" disabled={known === null} onClick={() => setForm({ edited: null })}>
            {t('keys.create')}
          </Button>
        )}
      </header>
      {accountProblem.value && (
        <ErrorState problem={accountProblem.value} onRetry={() => void loadAccount({ again: true })} compact />
      )}
      {known && !allowed ? (
        <Note>{t('keys.forbidden', { role: t(`role.${known.organization.role}`) })}</Note>
      ) : (
        <KeyList organizationId={known?.organization.id ?? null} form={form} onForm={setForm} />
      )}
    </div>
  )
}

interface KeyListProps {
  organizationId: string | null
  form: { edited: ApiKey | null } | null
  onForm: (form: { edited: ApiKey | null } | null) => void
}

function KeyList({ organizationId, form, onForm }: KeyListProps) {
  const t = useTranslate()
  const [created, setCreated] = useState<CreatedKey | null>(null)
  const [revoked, setRevoked] = useState<ApiKey | null>(null)
  const pages = usePages({ key: organizationId && `keys-${organizationId}`, load: listKeys, idOf: ({ id }) => id })
  const names = useMemberNames(may('keys.manage-all'))

  const onCreated = ({ key, ...record }: CreatedKey) => {
    pages.replace((keys) => [record, ...keys])
    onForm(null)
    setCreated({ key, ...record })
  }
  const onSaved = (saved: ApiKey) => {
    pages.replace((keys) => keys.map((each) => (each.id === saved.id ? saved : each)))
    onForm(null)
    toast({ text: t('keys.saved', { name: saved.name }) })
  }
  const revoke = useAction(async (key: ApiKey) => {
    await revokeKey(key.id)
    pages.replace((keys) => keys.map((each) => (each.id === key.id ? { ...each, revoked_at: Date.now() } : each)))
    setRevoked(null)
    toast({ text: t('keys.revoked-done', { name: key.name }) })
  })
  const closeRevoke = () => {
    setRevoked(null)
    revoke.clear()
  }
  return (
    <>
      {pages.items === null && pages.problem && <ErrorState problem={pages.problem} onRetry={pages.reload} />}
      {pages.items === null && !pages.problem && (
        <div class="card">
          <Skeleton lines={6} />
        </div>
      )}
      {pages.items?.length === 0 && (
        <div class="card">
          <EmptyState
            icon="keys"
            title={t('keys.empty-title')}
            text={t('keys.empty-text')}
            action={
              <Button variant="primary" icon="plus" onClick={() => onForm({ edited: null })}>
                {t('keys.create')}
              </Button>
            }
          />
        </div>
      )}
      {pages.items && pages.items.length > 0 && (
        <>
          <KeyCards
            keys={pages.items}
            ownerOf={(key) => names.get(key.user_id) ?? key.user_id}
            onEdit={(edited) => onForm({ edited })}
            onRevoke={setRevoked}
          />
          {pages.problem && <ErrorState problem={pages.problem} onRetry={pages.loadMore} compact />}
          <LoadMore cursor={pages.nextCursor} busy={pages.loading === 'more'} onMore={pages.loadMore} />
        </>
      )}
      <KeyDialog
        open={form !== null}
        edited={form?.edited ?? null}
        onClose={() => onForm(null)}
        onCreated={onCreated}
        onSaved={onSaved}
      />
      <SecretDialog created={created} onClose={() => setCreated(null)} />
      <ConfirmDialog
        open={revoked !== null}
        onClose={closeRevoke}
        onConfirm={() => revoked && void revoke.run(revoked)}
        title={t('keys.revoke-title', { name: revoked?.name ?? '' })}
        description={t('keys.revoke-text')}
        confirmLabel={t('keys.revoke')}
        danger
        busy={revoke.running}
        problem={revoke.problem}
      />
    </>
  )
}

export const KeysIsland = island(Keys)
