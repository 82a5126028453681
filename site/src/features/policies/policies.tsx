import { useEffect } from 'preact/hooks'
import { account, accountProblem, loadAccount, may } from '../../api/account.ts'
import { useResource } from '../../api/use-resource.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { island, useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { getPolicy } from './policy-calls.ts'
import { PolicyEditor } from './policy-editor.tsx'
import './policies.css'

function Policies() {
  const t = useTranslate()
  useEffect(() => void loadAccount(), [])
  const organization = account.value?.organization
  return (
    <div class="stack policies">
      <header class="page-head">
        <div>
          <h1>{t('policies.title')}</h1>
          <p>{t('policies.intro')}</p>
        </div>
      </header>
      {accountProblem.value && (
        <ErrorState problem={accountProblem.value} onRetry={() => void loadAccount({ again: true })} compact />
      )}
      {organization ? <Present organizationId={organization.id} /> : <Waiting />}
    </div>
  )
}

const Waiting = () => (
  <div class="card policies-wait">
    <Skeleton lines={9} />
  </div>
)

function Present({ organizationId }: { organizationId: string }) {
  const t = useTranslate()
  const allowed = may('policy.read')
  const { data, problem, reload, replace } = useResource(allowed ? `policy-${organizationId}` : null, getPolicy)
  if (!allowed) return <Note>{t('policies.forbidden')}</Note>
  if (data === null) return problem ? <ErrorState problem={problem} onRetry={reload} /> : <Waiting />
  return <PolicyEditor key={data.version} state={data} onSaved={(saved) => replace(() => saved)} />
}

export const PoliciesIsland = island(Policies)
