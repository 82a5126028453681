import { useState } from 'preact/hooks'
import type { Member } from '#shared/contracts/organizations'
import type { Role } from '#shared/contracts/permissions'
import { account, loadAccount, may } from '../../api/account.ts'
import { useAction } from '../../api/use-action.ts'
import { usePages } from '../../api/use-pages.ts'
import { localized } from '../../i18n/paths.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { LoadMore } from '../../ui/load-more.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toasts.ts'
import { BudgetDialog } from './budget-dialog.tsx'
import { listMembers, removeMember, updateMember } from './member-calls.ts'
import { MemberTable } from './member-table.tsx'

interface RoleChange {
  member: Member
  role: Role
}

/** Everyone in the organization, and what may be done to each. */
export function MemberList({ organizationId }: { organizationId: string }) {
  const t = useTranslate()
  const locale = useLocale()
  const pages = usePages({ key: `members-${organizationId}`, load: listMembers, idOf: ({ user_id }) => user_id })
  const [budgetOf, setBudgetOf] = useState<Member | null>(null)
  const [leaving, setLeaving] = useState<Member | null>(null)
  const [ownChange, setOwnChange] = useState<RoleChange | null>(null)
  const myId = account.value?.user.id

  const show = (changed: Member) =>
    pages.replace((members) => members.map((member) => (member.user_id === changed.user_id ? changed : member)))

  const changeRole = useAction(async ({ member, role }: RoleChange) => {
    await updateMember(member.user_id, { role })
    show({ ...member, role })
    setOwnChange(null)
    toast({ text: t('members.role-changed', { name: member.name, role: t(`role.${role}`) }) })
    if (member.user_id === myId) await loadAccount({ again: true })
  })
  const remove = useAction(async (member: Member) => {
    await removeMember(member.user_id)
    if (member.user_id === myId) return window.location.assign(localized(locale, '/chat'))
    pages.replace((members) => members.filter(({ user_id }) => user_id !== member.user_id))
    setLeaving(null)
    toast({ text: t('members.removed', { name: member.name }) })
  })

  if (pages.items === null)
    return pages.problem ? (
      <ErrorState problem={pages.problem} onRetry={pages.reload} compact />
    ) : (
      <Skeleton lines={6} />
    )
  const own = leaving?.user_id === myId
  return (
    <>
      <MemberTable
        members={pages.items}
        busy={changeRole.running}
        problem={ownChange ? null : changeRole.problem}
        onRole={(member, role) =>
          member.user_id === myId ? setOwnChange({ member, role }) : void changeRole.run({ member, role })
        }
        onBudget={may('budgets.manage') ? setBudgetOf : null}
        onRemove={setLeaving}
      />
      {pages.problem && <ErrorState problem={pages.problem} onRetry={pages.loadMore} compact />}
      <LoadMore cursor={pages.nextCursor} busy={pages.loading === 'more'} onMore={pages.loadMore} />
      <BudgetDialog
        member={budgetOf}
        onClose={() => setBudgetOf(null)}
        onSaved={(member) => {
          show(member)
          // What was spent in the new period, and when it ends, is the ledger's to say.
          pages.reload()
          setBudgetOf(null)
          toast({ text: t('members.budget-saved', { name: member.name }) })
        }}
      />
      <ConfirmDialog
        open={ownChange !== null}
        onClose={() => {
          setOwnChange(null)
          changeRole.clear()
        }}
        onConfirm={() => ownChange && void changeRole.run(ownChange)}
        title={t('members.own-role-title')}
        description={t('members.own-role-text')}
        confirmLabel={t('members.own-role-confirm', { role: t(`role.${ownChange?.role ?? 'member'}`) })}
        busy={changeRole.running}
        problem={changeRole.problem}
      />
      <ConfirmDialog
        open={leaving !== null}
        onClose={() => {
          setLeaving(null)
          remove.clear()
        }}
        onConfirm={() => leaving && void remove.run(leaving)}
        title={
          own
            ? t('members.leave-title', { organization: account.value?.organization.name ?? '' })
            : t('members.remove-title', { name: leaving?.name ?? '' })
        }
        description={own ? t('members.leave-text') : t('members.remove-text')}
        confirmLabel={own ? t('members.leave') : t('members.remove')}
        danger
        busy={remove.running}
        problem={remove.problem}
      />
    </>
  )
}
