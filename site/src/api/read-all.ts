import { api } from './client.ts'
import type { Page } from './pages-state.ts'

const LIMIT = 100

interface ReadAllOptions {
  signal: AbortSignal
  /** A list longer than this many pages is cut: the browser is no place for it. */
  pages?: number
  read?: <T>(
    path: string,
    options: { query: Record<string, string | number | null>; signal: AbortSignal },
  ) => Promise<T>
}

/** Every page of a list that is known to be short. */
export async function readAll<T>(path: string, { signal, pages = 10, read = api.get }: ReadAllOptions): Promise<T[]> {
  const items: T[] = []
  let cursor: string | null = null
  for (let page = 0; page < pages; page += 1) {
    const answer: Page<T> = await read<Page<T>>(path, { query: { limit: LIMIT, cursor }, signal })
    items.push(...answer.data)
    cursor = answer.next_cursor ?? null
    if (cursor === null) break
  }
  return items
}
