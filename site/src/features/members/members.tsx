import { useEffect, useState } from 'preact/hooks'
import { account, accountProblem, loadAccount } from '../../api/account.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { island, useTranslate } from '../../ui/locale-context.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { CreateOrganizationDialog } from '../shell/create-organization-dialog.tsx'
import { Audit } from './audit.tsx'
import { Invitations } from './invitations.tsx'
import { MemberList } from './member-list.tsx'
import { OrganizationSettings } from './organization-settings.tsx'
import { Roles } from './roles.tsx'
import './members.css'

type Tab = 'members' | 'invitations' | 'roles' | 'audit' | 'settings'

/** A personal organization has no one to invite; it still has a budget and a record of what was done. */
const tabsOf = (personal: boolean): Tab[] =>
  personal ? ['members', 'settings', 'roles', 'audit'] : ['members', 'invitations', 'roles', 'audit', 'settings']

function Members() {
  const t = useTranslate()
  useEffect(() => void loadAccount(), [])
  const organization = account.value?.organization
  return (
    <div class="stack members">
      <header class="page-head">
        <div>
          <h1>{t('members.title')}</h1>
          <p class="members-intro">
            {organization && !organization.personal && t('members.intro', { organization: organization.name })}
          </p>
        </div>
      </header>
      {accountProblem.value && (
        <ErrorState problem={accountProblem.value} onRetry={() => void loadAccount({ again: true })} compact />
      )}
      {organization ? (
        <Sections organizationId={organization.id} personal={organization.personal} />
      ) : (
        !accountProblem.value && (
          <div class="card">
            <Skeleton lines={6} />
          </div>
        )
      )}
    </div>
  )
}

function Sections({ organizationId, personal }: { organizationId: string; personal: boolean }) {
  const t = useTranslate()
  const [tab, setTab] = useState<Tab>('members')
  return (
    <Tabs
      label={t('members.sections')}
      value={tab}
      onChange={setTab}
      tabs={tabsOf(personal).map((value) => ({ value, label: t(`members.tab-${value}`) }))}
    >
      <div class="card members-card">
        {tab === 'members' && (personal ? <Alone /> : <MemberList organizationId={organizationId} />)}
        {tab === 'invitations' && <Invitations organizationId={organizationId} />}
        {tab === 'roles' && <Roles />}
        {tab === 'audit' && <Audit organizationId={organizationId} />}
        {tab === 'settings' && <OrganizationSettings organizationId={organizationId} />}
      </div>
    </Tabs>
  )
}

function Alone() {
  const t = useTranslate()
  const [open, setOpen] = useState(false)
  return (
    <>
      <EmptyState
        icon="members"
        title={t('members.personal-title')}
        text={t('members.personal-text')}
        action={
          <Button variant="primary" icon="plus" onClick={() => setOpen(true)}>
            {t('members.create-organization')}
          </Button>
        }
      />
      <CreateOrganizationDialog open={open} onClose={() => setOpen(false)} />
    </>
  )
}

export const MembersIsland = island(Members)
