import { useState } from 'preact/hooks'
import type { Invitation } from '#shared/contracts/organizations'
import type { Role } from '#shared/contracts/permissions'
import { account, may } from '../../api/account.ts'
import { useAction } from '../../api/use-action.ts'
import { usePages } from '../../api/use-pages.ts'
import { localized } from '../../i18n/paths.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Field } from '../../ui/field.tsx'
import { LoadMore } from '../../ui/load-more.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Select } from '../../ui/select.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toasts.ts'
import { isAddress } from './is-address.ts'
import { cancelInvitation, createInvitation, listInvitations } from './member-calls.ts'
import { rolesToGive } from './member-rules.ts'

export function Invitations({ organizationId }: { organizationId: string }) {
  const t = useTranslate()
  const pages = usePages({
    key: may('members.manage') ? `invitations-${organizationId}` : null,
    load: listInvitations,
    idOf: ({ id }) => id,
  })
  if (!may('members.manage')) return <Note>{t('members.invitations-forbidden')}</Note>
  return (
    <div class="stack">
      <InviteForm
        onInvited={(made) =>
          pages.replace((invitations) => [
            made,
            ...invitations.filter(({ id, email }) => id !== made.id && email !== made.email),
          ])
        }
      />
      <h2 class="members-subhead">{t('members.pending')}</h2>
      {pages.items === null &&
        (pages.problem ? (
          <ErrorState problem={pages.problem} onRetry={pages.reload} compact />
        ) : (
          <Skeleton lines={3} />
        ))}
      {pages.items?.length === 0 && <p class="muted">{t('members.pending-empty')}</p>}
      {pages.items && pages.items.length > 0 && (
        <>
          <Pending
            invitations={pages.items}
            onCancelled={(gone) => pages.replace((invitations) => invitations.filter(({ id }) => id !== gone.id))}
          />
          {pages.problem && <ErrorState problem={pages.problem} onRetry={pages.loadMore} compact />}
          <LoadMore cursor={pages.nextCursor} busy={pages.loading === 'more'} onMore={pages.loadMore} />
        </>
      )}
    </div>
  )
}

function InviteForm({ onInvited }: { onInvited: (invitation: Invitation) => void }) {
  const t = useTranslate()
  const [email, setEmail] = useState('')
  const [role, setRole] = useState<Role>('member')
  const [invalid, setInvalid] = useState(false)
  const invite = useAction(async () => {
    onInvited(await createInvitation({ email: email.trim(), role }))
    toast({ text: t('members.invite-sent', { email: email.trim() }) })
    setEmail('')
  })
  const submit = (event: Event) => {
    event.preventDefault()
    const wrong = !isAddress(email.trim())
    setInvalid(wrong)
    if (!wrong) void invite.run()
  }
  const options = rolesToGive(account.value?.organization.role ?? 'member').map((value) => ({
    value,
    label: t(`role.${value}`),
  }))
  return (
    <form class="stack members-invite" onSubmit={submit} noValidate>
      <div>
        <h2 class="members-subhead">{t('members.invite-title')}</h2>
        <p class="muted small">{t('members.invite-text')}</p>
      </div>
      <div class="members-invite-line">
        <Field
          label={t('members.email')}
          type="email"
          value={email}
          onInput={setEmail}
          error={invalid ? t('members.invite-email-invalid') : null}
          autocomplete="off"
          maxLength={254}
          required
        />
        <Select<Role> label={t('members.role')} value={role} onChange={setRole} options={options} />
        <Button type="submit" variant="primary" icon="mail" busy={invite.running}>
          {t('members.invite')}
        </Button>
      </div>
      {invite.problem && <ProblemNote problem={invite.problem} />}
    </form>
  )
}

function Pending({
  invitations,
  onCancelled,
}: {
  invitations: Invitation[]
  onCancelled: (invitation: Invitation) => void
}) {
  const t = useTranslate()
  const locale = useLocale()
  const cancel = useAction(async (invitation: Invitation) => {
    await cancelInvitation(invitation.id)
    onCancelled(invitation)
    toast({ text: t('members.invitation-cancelled', { email: invitation.email }) })
  })
  const linkOf = ({ id }: Invitation) =>
    `${window.location.origin}${localized(locale, '/invitation')}?id=${encodeURIComponent(id)}`
  return (
    <>
      {cancel.problem && <ProblemNote problem={cancel.problem} />}
      <DataTable
        caption={t('members.pending')}
        rows={invitations}
        idOf={({ id }) => id}
        columns={[
          { name: 'email', heading: t('members.email'), title: true, cell: ({ email }) => <bdi>{email}</bdi> },
          { name: 'role', heading: t('members.role'), cell: ({ role }) => t(`role.${role}`) },
          {
            name: 'expires',
            heading: t('members.expires'),
            cell: ({ expires_at }) => <RelativeTime at={expires_at} />,
          },
          {
            name: 'actions',
            heading: t('members.actions'),
            headingHidden: true,
            cell: (invitation) => (
              <>
                <CopyButton text={() => linkOf(invitation)} label={t('members.copy-link')} />
                <Button
                  size="sm"
                  variant="ghost"
                  icon="close"
                  disabled={cancel.running}
                  aria-label={t('members.cancel-invitation-for', { email: invitation.email })}
                  onClick={() => void cancel.run(invitation)}
                >
                  {t('members.cancel-invitation')}
                </Button>
              </>
            ),
          },
        ]}
      />
    </>
  )
}
