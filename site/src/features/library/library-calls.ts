// The addresses of the library, spelled once.
import type { Collection, LibraryItem, Provenance, Rendition, Storage, Visibility } from '#shared/contracts/library'
import { api } from '../../api/client.ts'
import type { Page } from '../../api/pages-state.ts'
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

export interface ItemChange {
  title?: string
  tags?: string[]
  visibility?: Visibility
  favourite?: boolean
}

export const changeItem = (id: string, change: ItemChange): Promise<LibraryItem> =>
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

export interface SignedLink {
  url: string
  expires_at: number
}

export const signLink = (id: string, expiresInSeconds: number): Promise<SignedLink> =>
  api.post<SignedLink>(item(id, '/links'), { expires_in_seconds: expiresInSeconds })
export const shareItem = (id: string, expiresAt: number | null): Promise<LibraryItem> =>
  api.put<LibraryItem>(item(id, '/share'), expiresAt === null ? {} : { expires_at: expiresAt })
export const unshareItem = (id: string): Promise<LibraryItem | null> => api.delete(item(id, '/share'))

export type BulkAction =
  | 'delete'
  | 'restore'
  | 'erase'
  | 'favourite'
  | 'unfavourite'
  | 'collect'
  | 'uncollect'
  | 'show'
  | 'hide'

export interface BulkAnswer {
  done: string[]
  failed: { id: string; code: string }[]
}

export const changeMany = (input: { ids: string[]; action: BulkAction; collection_id?: string }): Promise<BulkAnswer> =>
  api.post<BulkAnswer>(`${AT}/bulk`, input)

/** Answers an address that streams the ZIP. */
export const archive = (input: { ids: string[] } | { collection_id: string }): Promise<{ url: string }> =>
  api.post<{ url: string }>(`${AT}/archives`, input)

export const listCollections = async (signal: AbortSignal): Promise<Collection[]> =>
  (await api.get<Page<Collection>>(`${AT}/collections`, { query: { limit: 100 }, signal })).data
export const createCollection = (name: string): Promise<Collection> =>
  api.post<Collection>(`${AT}/collections`, { name })
export const changeCollection = (
  id: string,
  change: { name?: string; cover_item_id?: string | null },
): Promise<Collection> => api.patch<Collection>(collection(id), change)
export const deleteCollection = (id: string): Promise<unknown> => api.delete(collection(id))

export const getStorage = (signal: AbortSignal): Promise<Storage> => api.get<Storage>(`${AT}/storage`, { signal })

/** By what a library can be narrowed: what is in it. */
export interface Facets {
  models: string[]
  tags: string[]
}

export const getFacets = (signal: AbortSignal): Promise<Facets> => api.get<Facets>(`${AT}/facets`, { signal })

export const UPLOADS = `${AT}/uploads`

/** What a public address shows, and nothing else of the item. */
export interface SharedItem {
  title: string
  media_type: string
  width: number | null
  height: number | null
  thumbhash: string | null
  urls: { original: string; web: string | null; thumbnail: string | null; download?: string | null }
  provenance: Partial<Pick<Provenance, 'prompt' | 'model' | 'made_at'>> | null
  created_at: number
  expires_at: number | null
}

export const getShared = (token: string, signal: AbortSignal): Promise<SharedItem> =>
  api.get<SharedItem>(`${AT}/shares/${encodeURIComponent(token)}`, { signal })
