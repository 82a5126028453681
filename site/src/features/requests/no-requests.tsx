import { may } from '../../api/account.ts'
import { useResource } from '../../api/use-resource.ts'
import { localized } from '../../i18n/paths.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { getLogPolicy } from './request-calls.ts'

interface NoRequestsProps {
  organizationId: string | null
  filtered: boolean
  onClear: () => void
}

/** Why there is nothing to see: the filters, the policy, or that nobody has asked anything yet. */
export function NoRequests({ organizationId, filtered, onClear }: NoRequestsProps) {
  const t = useTranslate()
  if (!filtered) return <WhatThePolicySays organizationId={organizationId} />
  return (
    <EmptyState
      compact
      icon="search"
      title={t('requests.none-title')}
      text={t('requests.none-text')}
      action={
        <Button icon="close" onClick={onClear}>
          {t('requests.clear')}
        </Button>
      }
    />
  )
}

function WhatThePolicySays({ organizationId }: { organizationId: string | null }) {
  const t = useTranslate()
  const locale = useLocale()
  const key = organizationId && may('policy.read') ? `log-policy-${organizationId}` : null
  const { data, problem } = useResource(key, getLogPolicy)
  if (key !== null && !data && !problem) return <Skeleton lines={4} />
  const isOff = data !== null && (data.keepsNothing || data.percent === 0)
  const text = data?.keepsNothing
    ? t('requests.zero-text')
    : isOff || !data
      ? t('requests.off-text')
      : t('requests.empty-text', { percent: data.percent })
  return (
    <EmptyState
      compact
      icon="requests"
      title={t(isOff ? 'requests.off-title' : 'requests.empty-title')}
      text={text}
      action={
        <a class="button" href={localized(locale, '/policies')}>
          {t('requests.open-policies')}
        </a>
      }
    />
  )
}
