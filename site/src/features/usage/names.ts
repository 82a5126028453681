// Ids of members and keys as people know them. What cannot be looked up keeps its id.
import { useMemo } from 'preact/hooks'
import { account, may } from '../../api/account.ts'
import { useMemberNames } from '../../api/member-names.ts'
import { readAll } from '../../api/read-all.ts'
import { useResource } from '../../api/use-resource.ts'

export interface Names {
  members: ReadonlyMap<string, string>
  keys: ReadonlyMap<string, string>
}

export function useNames(): Names {
  const organizationId = account.value?.organization.id
  const members = useMemberNames(true)
  const { data } = useResource(organizationId && may('keys.use') ? `key-names-${organizationId}` : null, (signal) =>
    readAll<{ id: string; name: string }>('/api/keys', { signal }),
  )
  return useMemo(() => ({ members, keys: new Map(data?.map(({ id, name }) => [id, name])) }), [members, data])
}
