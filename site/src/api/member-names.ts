// The names of the organization's members by id, for pages that show who did or owns something.
import { useMemo } from 'preact/hooks'
import { account, may } from './account.ts'
import { readAll } from './read-all.ts'
import { useResource } from './use-resource.ts'

const none: ReadonlyMap<string, string> = new Map()

/** Empty until known and where they cannot be had: a name is a kindness, the page is right without it. */
export function useMemberNames(wanted: boolean): ReadonlyMap<string, string> {
  const organizationId = account.value?.organization.id
  const key = wanted && organizationId && may('members.read') ? `member-names-${organizationId}` : null
  const { data } = useResource(key, async (signal) => {
    const members = await readAll<{ user_id: string; name: string }>('/api/organizations/current/members', { signal })
    return members.map(({ user_id, name }) => [user_id, name] as const)
  })
  return useMemo(() => (data ? new Map(data) : none), [data])
}
