// The addresses of pictures and their jobs, and of what this page asks of the library, spelled once.
import type {
  ImageEstimate,
  ImageJobInput,
  ImageModelInfo,
  ImageStyle,
  PromptAnswer,
  PromptRequest,
} from '#shared/contracts/images'
import type { Job } from '#shared/contracts/jobs'
import type { Collection, LibraryItem } from '#shared/contracts/library'
import { api } from '../../api/client.ts'
import type { Api } from '../../api/client.ts'
import type { Page } from '../../api/pages-state.ts'

/** Also named in the page's head, so that the first page is on its way before the script runs. */
export const JOBS_FIRST = '/api/images/jobs?limit=12'
export const ITEMS_FIRST = '/api/library/items?limit=60&kind=image&owner=me'

const job = (id: string, rest = '') => `/api/images/jobs/${encodeURIComponent(id)}${rest}`
const item = (id: string, rest = '') => `/api/library/items/${encodeURIComponent(id)}${rest}`

/** A picture's bytes: its name is known before anything else about it. */
export const pictureUrl = (id: string, rendition: 'original' | 'web' | 'thumbnail', download = false): string =>
  item(id, `/file?rendition=${rendition}${download ? '&download=1' : ''}`)

export type ImagesApi = ReturnType<typeof createImagesApi>

export function createImagesApi(call: Api) {
  return {
    models: async (signal?: AbortSignal) =>
      (await call.get<{ data: ImageModelInfo[] }>('/api/images/models', { signal })).data,
    styles: async (signal?: AbortSignal) => (await call.get<{ data: ImageStyle[] }>('/api/images/styles', { signal })).data,
    estimate: (input: ImageJobInput, signal: AbortSignal) =>
      call.post<ImageEstimate>('/api/images/estimates', input, { signal }),
    improve: (request: PromptRequest, signal: AbortSignal) =>
      call.post<PromptAnswer>('/api/images/prompts', request, { signal }),
    /** The same key again is the same job: a second press never pays twice. */
    make: (input: ImageJobInput, idempotencyKey: string) =>
      call.post<Job>('/api/images/jobs', input, { headers: { 'idempotency-key': idempotencyKey } }),
    jobs: (cursor: string | null, signal?: AbortSignal) =>
      call.get<Page<Job>>(JOBS_FIRST, { query: { cursor }, signal }),
    job: (id: string, signal?: AbortSignal) => call.get<Job>(job(id), { signal }),
    cancel: (id: string) => call.post<Job>(job(id, '/cancel')),
    retry: (id: string) => call.post<Job>(job(id, '/retry')),

    items: (query: { cursor?: string | null; from?: number; to?: number }, signal?: AbortSignal) =>
      call.get<Page<LibraryItem>>(ITEMS_FIRST, { query, signal }),
    item: (id: string, signal?: AbortSignal) => call.get<LibraryItem>(item(id), { signal }),
    changeItem: (id: string, change: { favourite?: boolean; title?: string }) =>
      call.patch<LibraryItem>(item(id), change),
    removeItem: (id: string) => call.delete<unknown>(item(id)),
    restoreItem: (id: string) => call.post<LibraryItem>(item(id, '/restore')),
    collections: async (signal?: AbortSignal) =>
      (await call.get<Page<Collection>>('/api/library/collections', { query: { limit: 100 }, signal })).data,
    createCollection: (name: string) => call.post<Collection>('/api/library/collections', { name }),
    collect: (ids: string[], collectionId: string) =>
      call.post<unknown>('/api/library/bulk', { ids, action: 'collect', collection_id: collectionId }),
  }
}

export const imagesApi: ImagesApi = createImagesApi(api)
