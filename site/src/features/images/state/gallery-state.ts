// All that the page knows of jobs and their pictures, whoever told it: the lists, the socket, or an own press.
import { hasEnded } from './has-ended.ts'
import type { Job } from '#shared/contracts/jobs'
import type { LibraryItem } from '#shared/contracts/library'

export interface GalleryState {
  /** Newest first. */
  jobs: readonly Job[]
  items: ReadonlyMap<string, LibraryItem>
  /** What was deleted or is otherwise not there any more. */
  gone: ReadonlySet<string>
  /** Pictures that are not final, as addresses of data, by job and index. */
  previews: ReadonlyMap<string, ReadonlyMap<number, string>>
  /** Null on the last page, and before the first. */
  cursor: string | null
  loaded: boolean
}

export type GalleryEvent =
  | { type: 'page'; jobs: readonly Job[]; items: readonly LibraryItem[]; complete: boolean; cursor: string | null }
  | { type: 'job'; job: Job }
  | { type: 'items'; items: readonly LibraryItem[] }
  | { type: 'gone'; ids: readonly string[] }
  | { type: 'preview'; jobId: string; index: number; url: string }

export const emptyGallery: GalleryState = {
  jobs: [],
  items: new Map(),
  gone: new Set(),
  previews: new Map(),
  cursor: null,
  loaded: false,
}

const byNewest = (a: Job, b: Job): number => b.created_at - a.created_at || (a.id < b.id ? 1 : -1)

/** What is older than what is known already changes nothing: answers and messages overtake each other. */
export function newerJob(known: Job | undefined, told: Job): Job {
  if (!known) return told
  if (hasEnded(known.state) && !hasEnded(told.state)) return known
  if (!hasEnded(told.state) && told.attempts < known.attempts) return known
  const sameTry = known.state === told.state && known.attempts === told.attempts && known.stage === told.stage
  if (sameTry && (told.progress ?? 0) < (known.progress ?? 0)) return known
  return told
}

function withJobs(jobs: readonly Job[], told: readonly Job[]): Job[] {
  const byId = new Map(jobs.map((job) => [job.id, job]))
  for (const job of told) byId.set(job.id, newerJob(byId.get(job.id), job))
  return [...byId.values()].toSorted(byNewest)
}

const withItems = (items: GalleryState['items'], told: readonly LibraryItem[]) =>
  new Map([...items, ...told.map((item) => [item.id, item] as const)])

function without<K, V>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  if (!map.has(key)) return map
  const rest = new Map(map)
  rest.delete(key)
  return rest
}

export function galleryAfter(state: GalleryState, event: GalleryEvent): GalleryState {
  switch (event.type) {
    case 'page': {
      const items = withItems(state.items, event.items)
      // What a job has made and no list has any more was deleted.
      const missing = event.complete ? event.jobs.flatMap((job) => job.item_ids).filter((id) => !items.has(id)) : []
      return {
        ...state,
        jobs: withJobs(state.jobs, event.jobs),
        items,
        gone: new Set([...state.gone, ...missing]),
        cursor: event.cursor,
        loaded: true,
      }
    }
    case 'job':
      return {
        ...state,
        jobs: withJobs(state.jobs, [event.job]),
        previews: hasEnded(event.job.state) ? without(state.previews, event.job.id) : state.previews,
      }
    case 'items': {
      const back = event.items.filter(({ deleted_at: deletedAt }) => deletedAt === null)
      const items = withItems(state.items, event.items)
      return { ...state, items, gone: new Set([...state.gone].filter((id) => !back.some((item) => item.id === id))) }
    }
    case 'gone':
      return { ...state, gone: new Set([...state.gone, ...event.ids]) }
    case 'preview': {
      const job = state.jobs.find(({ id }) => id === event.jobId)
      if (job && hasEnded(job.state)) return state
      const own = new Map([...(state.previews.get(event.jobId) ?? []), [event.index, event.url] as const])
      return { ...state, previews: new Map([...state.previews, [event.jobId, own] as const]) }
    }
  }
}
