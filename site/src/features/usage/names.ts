// Ids of members and keys as people know them. What cannot be looked up keeps its id.
import { useMemo } from 'preact/hooks'
import { account, may } from '../../api/account.ts'
import { api } from '../../api/client.ts'
import type { Page } from '../../api/pages-state.ts'
import { useResource } from '../../api/use-resource.ts'

export interface Names {
  members: Map<string, string>
  keys: Map<string, string>
}

const LIMIT = 100
const PAGES = 10

async function readAll<T>(path: string, signal: AbortSignal): Promise<T[]> {
  const items: T[] = []
  let cursor: string | null = null
  for (let page = 0; page < PAGES; page += 1) {
    const answer: Page<T> = await api.get<Page<T>>(path, { query: { limit: LIMIT, cursor }, signal })
    items.push(...answer.data)
    cursor = answer.next_cursor ?? null
    if (cursor === null) break
  }
  return items
}

const namesFrom = async (wanted: boolean, read: () => Promise<[string, string][]>): Promise<Map<string, string>> => {
  if (!wanted) return new Map()
  // A name is a kindness: without it the entries are still right.
  return new Map(await read().catch(() => []))
}

export function useNames(): Names {
  const known = account.value
  const { data } = useResource(known && `names-${known.organization.id}`, async (signal) => {
    const [members, keys] = await Promise.all([
      namesFrom(may('members.read'), async () =>
        (await readAll<{ user_id: string; name: string }>('/api/organizations/current/members', signal)).map(({ user_id, name }) => [user_id, name]),
      ),
      namesFrom(may('keys.use'), async () => (await readAll<{ id: string; name: string }>('/api/keys', signal)).map(({ id, name }) => [id, name])),
    ])
    return { members, keys }
  })
  return useMemo(() => data ?? { members: new Map(), keys: new Map() }, [data])
}
