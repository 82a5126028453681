// The addresses of pictures and their jobs, and the first page of the library’s pictures, spelled once.
import type {
  ImageEstimate,
  ImageJobInput,
  ImageModelInfo,
  ImageStyle,
  PromptAnswer,
  PromptRequest,
} from '#shared/contracts/images'
import type { Job } from '#shared/contracts/jobs'
import type { LibraryItem } from '#shared/contracts/library'
import { api } from '../../api/client.ts'
import type { Api } from '../../api/client.ts'
import type { Page } from '../../api/pages-state.ts'

/** Also named in the page's head, so that the first page is on its way before the script runs. */
export const JOBS_FIRST = '/api/images/jobs?limit=12'
export const ITEMS_FIRST = '/api/library/items?limit=60&kind=image&owner=me'

const job = (id: string, rest = '') => `/api/images/jobs/${encodeURIComponent(id)}${rest}`
export type ImagesApi = ReturnType<typeof createImagesApi>

export function createImagesApi(call: Api) {
  return {
    models: async (signal?: AbortSignal) =>
      (await call.get<{ data: ImageModelInfo[] }>('/api/images/models', { signal })).data,
    styles: async (signal?: AbortSignal) =>
      (await call.get<{ data: ImageStyle[] }>('/api/images/styles', { signal })).data,
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
  }
}

export const imagesApi: ImagesApi = createImagesApi(api)
