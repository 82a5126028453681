// The addresses of the library, spelled once.
import type {
  ArchiveAnswer,
  BulkRequest,
  BulkResult,
  Collection,
  LibraryFacets,
  LibraryItem,
  Rendition,
  SharedItem,
  Storage,
  UpdateLibraryItem,
} from '#shared/contracts/library'
import { api } from '../../api/client.ts'
import type { Page } from '../../api/pages-state.ts'
import { readAll } from '../../api/read-all.ts'
import type { ItemQuery } from './item-filters.ts'

const AT = '/api/library'
const item = (id: string, rest = '') => `${AT}/items/${encodeURIComponent(id)}${rest}`
const collection = (id: string) => `${AT}/collections/${encodeURIComponent(id)}`

export interface Place {
  cursor: string | null
  signal: AbortSignal
}

export const ITEMS_PAGE = 40

export const listItems = (query: ItemQuery, { cursor, signal }: Place): Promise<Page<LibraryItem>> =>
  api.get<Page<LibraryItem>>(`${AT}/items`, { query: { limit: ITEMS_PAGE, cursor, ...query }, signal })

export const getItem = (id: string, signal?: AbortSignal): Promise<LibraryItem> =>
  api.get<LibraryItem>(item(id), { signal })

export const changeItem = (id: string, change: UpdateLibraryItem): Promise<LibraryItem> =>
  api.patch<LibraryItem>(item(id), change)
export const deleteItem = (id: string): Promise<unknown> => api.delete(item(id))
export const restoreItem = (id: string): Promise<unknown> => api.post(item(id, '/restore'))
export const eraseItem = (id: string): Promise<unknown> => api.post(item(id, '/erase'))

/** With the session of whoever is signed in. */
export const fileAddress = (id: string, { rendition = 'original', download = false }: FileWish = {}): string =>
  item(id, `/file?rendition=${rendition}${download ? '&download=true' : ''}`)

interface FileWish {
  rendition?: Rendition
  download?: boolean
}

export const signLink = (id: string, expiresInSeconds: number): Promise<ArchiveAnswer> =>
  api.post<ArchiveAnswer>(item(id, '/links'), { expires_in_seconds: expiresInSeconds })
export const shareItem = (id: string, expiresAt: number | null): Promise<LibraryItem> =>
  api.put<LibraryItem>(item(id, '/share'), expiresAt === null ? {} : { expires_at: expiresAt })
export const unshareItem = (id: string): Promise<LibraryItem | null> => api.delete(item(id, '/share'))

/** As many as are taken in one call. */
const MOST_AT_ONCE = 100

/** However many there are: they are sent in parts, one after another, and what was done is added up. */
export async function changeMany({ ids, ...input }: BulkRequest): Promise<BulkResult> {
  const all: BulkResult = { done: [], failed: [] }
  for (let from = 0; from < ids.length; from += MOST_AT_ONCE) {
    const part = { ids: ids.slice(from, from + MOST_AT_ONCE), ...input }
    const { done, failed } = await api.post<BulkResult>(`${AT}/bulk`, part)
    all.done.push(...done)
    all.failed.push(...failed)
  }
  return all
}

/** Answers an address that streams the ZIP. */
export const archive = (input: { ids: string[] } | { collection_id: string }): Promise<ArchiveAnswer> =>
  api.post<ArchiveAnswer>(`${AT}/archives`, input)

export const listCollections = (signal: AbortSignal): Promise<Collection[]> =>
  readAll<Collection>(`${AT}/collections`, { signal })
export const createCollection = (name: string): Promise<Collection> =>
  api.post<Collection>(`${AT}/collections`, { name })
export const renameCollection = (id: string, name: string): Promise<Collection> =>
  api.patch<Collection>(collection(id), { name })
export const deleteCollection = (id: string): Promise<unknown> => api.delete(collection(id))

export const getStorage = (signal: AbortSignal): Promise<Storage> => api.get<Storage>(`${AT}/storage`, { signal })

/** By what the library can be narrowed: what is in it. */
export const getFacets = (signal: AbortSignal): Promise<LibraryFacets> =>
  api.get<LibraryFacets>(`${AT}/facets`, { signal })

export const UPLOADS = `${AT}/uploads`

export const getShared = (token: string, signal: AbortSignal): Promise<SharedItem> =>
  api.get<SharedItem>(`${AT}/shares/${encodeURIComponent(token)}`, { signal })
