import type { Member } from '#shared/contracts/organizations'
import type { Role } from '#shared/contracts/permissions'
import { account, may } from '../../api/account.ts'
import type { ApiProblem } from '../../api/api-problem.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Select } from '../../ui/select.tsx'
import { BudgetState } from './budget-state.tsx'
import { mayChangeRole, mayRemove, rolesToGive } from './member-rules.ts'
import type { MemberFacts } from './member-rules.ts'

interface MemberTableProps {
  members: Member[]
  busy: boolean
  problem: ApiProblem | null
  onRole: (member: Member, role: Role) => void
  /** Null where the reader may not set budgets. */
  onBudget: ((member: Member) => void) | null
  onRemove: (member: Member) => void
}

export function MemberTable({ members, busy, problem, onRole, onBudget, onRemove }: MemberTableProps) {
  const t = useTranslate()
  const locale = useLocale()
  const owners = members.filter(({ role }) => role === 'owner').length
  const factsOf = (member: Member): MemberFacts => ({
    manages: may('members.manage'),
    myRole: account.value?.organization.role ?? 'viewer',
    theirRole: member.role,
    isMe: member.user_id === account.value?.user.id,
    owners,
  })
  return (
    <>
      {problem && <ProblemNote problem={problem} />}
      <DataTable
        caption={t('members.title')}
        rows={members}
        idOf={({ user_id }) => user_id}
        columns={[
          {
            name: 'name',
            heading: t('members.name'),
            title: true,
            cell: (member) => <Person member={member} isMe={factsOf(member).isMe} />,
          },
          {
            name: 'role',
            heading: t('members.role'),
            cell: (member) => (
              <RoleCell member={member} facts={factsOf(member)} busy={busy} onRole={(role) => onRole(member, role)} />
            ),
          },
          { name: 'budget', heading: t('members.budget'), cell: (member) => <BudgetState {...member} /> },
          {
            name: 'joined',
            heading: t('members.joined'),
            cell: (member) => <span class="numeric">{formatTime(locale, member.joined_at, 'date')}</span>,
          },
          {
            name: 'actions',
            heading: t('members.actions'),
            headingHidden: true,
            cell: (member) => (
              <Actions member={member} facts={factsOf(member)} onBudget={onBudget} onRemove={onRemove} />
            ),
          },
        ]}
      />
    </>
  )
}

function Person({ member, isMe }: { member: Member; isMe: boolean }) {
  const t = useTranslate()
  return (
    <span class="members-person">
      <Avatar name={member.name} />
      <span>
        <bdi>{member.name}</bdi> {isMe && <span class="muted">({t('members.you')})</span>}
        <span class="members-email" dir="ltr">
          {member.email}
        </span>
      </span>
    </span>
  )
}

interface RoleCellProps {
  member: Member
  facts: MemberFacts
  busy: boolean
  onRole: (role: Role) => void
}

function RoleCell({ member, facts, busy, onRole }: RoleCellProps) {
  const t = useTranslate()
  const verdict = mayChangeRole(facts)
  if (!verdict.ok) {
    return (
      <span class="members-role">
        {t(`role.${member.role}`)}
        {verdict.because !== 'not-allowed' && (
          <span class="members-facts">{t(`members.refusal-${verdict.because}`)}</span>
        )}
      </span>
    )
  }
  return (
    <Select<Role>
      label={t('members.role-of', { name: member.name })}
      labelHidden
      size="sm"
      value={member.role}
      disabled={busy}
      onChange={onRole}
      options={rolesToGive(facts.myRole).map((value) => ({ value, label: t(`role.${value}`) }))}
    />
  )
}

interface ActionsProps {
  member: Member
  facts: MemberFacts
  onBudget: ((member: Member) => void) | null
  onRemove: (member: Member) => void
}

function Actions({ member, facts, onBudget, onRemove }: ActionsProps) {
  const t = useTranslate()
  const removal = mayRemove(facts)
  return (
    <>
      {onBudget && (
        <Button
          size="sm"
          variant="ghost"
          icon="edit"
          aria-label={t('members.set-budget-of', { name: member.name })}
          onClick={() => onBudget(member)}
        >
          {t('members.set-budget')}
        </Button>
      )}
      {removal.ok && (
        <Button
          size="sm"
          variant="ghost"
          icon={facts.isMe ? 'sign-out' : 'trash'}
          aria-label={facts.isMe ? undefined : t('members.remove-named', { name: member.name })}
          onClick={() => onRemove(member)}
        >
          {facts.isMe ? t('members.leave') : t('members.remove')}
        </Button>
      )}
    </>
  )
}
