// The names of the organization's API keys by id, for pages that show which one was used.
import { useMemo } from 'preact/hooks'
import { account, may } from './account.ts'
import { readAll } from './read-all.ts'
import { useResource } from './use-resource.ts'

const none: ReadonlyMap<string, string> = new Map()

/** Empty until known and where they cannot be had: a name is a kindness, the page is right without it. */
export function useKeyNames(wanted: boolean): ReadonlyMap<string, string> {
  const organizationId = account.value?.organization.id
  const key = wanted && organizationId && may('keys.use') ? `key-names-${organizationId}` : null
  const { data } = useResource(key, async (signal) => {
    const keys = await readAll<{ id: string; name: string }>('/api/keys', { signal })
    return keys.map(({ id, name }) => [id, name] as const)
  })
  return useMemo(() => (data ? new Map(data) : none), [data])
}
