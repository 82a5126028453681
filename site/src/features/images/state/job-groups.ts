// Jobs as the gallery shows them: by day, each with a place for every picture that it has made or is to make.
import { hasEnded } from './has-ended.ts'
import type { Job } from '#shared/contracts/jobs'
import type { LibraryItem } from '#shared/contracts/library'
import { expectedSize, readJobInput } from './job-input.ts'
import type { GalleryState } from './gallery-state.ts'

export type DayKind = 'today' | 'yesterday' | 'day'

export interface JobDay {
  kind: DayKind
  at: number
  jobs: Job[]
}

const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0)

/** By the reader's calendar. `jobs` come newest first and stay so. */
export function groupJobs(jobs: readonly Job[], now: number): JobDay[] {
  const today = startOfDay(now)
  // Not 24 hours before: two days of a year have another number of them.
  const yesterday = startOfDay(today - 1)
  const days: JobDay[] = []
  for (const job of jobs) {
    const day = startOfDay(job.created_at)
    const last = days.at(-1)
    if (last && startOfDay(last.at) === day) last.jobs.push(job)
    else
      days.push({
        kind: day >= today ? 'today' : day === yesterday ? 'yesterday' : 'day',
        at: job.created_at,
        jobs: [job],
      })
  }
  return days
}

/** A place for one picture. */
export interface Place {
  key: string
  index: number
  width: number
  height: number
  itemId: string | null
  item: LibraryItem | null
  preview: string | null
}

/** As many as the job is to make while it runs, as many as are still there afterwards. */
export function placesOf(job: Job, state: Pick<GalleryState, 'items' | 'gone' | 'previews'>): Place[] {
  const expected = expectedSize(job)
  const ended = hasEnded(job.state)
  const count = ended ? job.item_ids.length : Math.max(readJobInput(job).count, job.item_ids.length)
  const previews = state.previews.get(job.id)
  return Array.from({ length: count }, (_, index): Place => {
    const itemId = job.item_ids[index] ?? null
    const item = (itemId !== null && state.items.get(itemId)) || null
    return {
      key: `${job.id}-${index}`,
      index,
      width: item?.width ?? expected.width,
      height: item?.height ?? expected.height,
      itemId,
      item,
      preview: previews?.get(index) ?? null,
    }
  }).filter(({ itemId }) => itemId === null || !state.gone.has(itemId))
}

/** A job of which nothing is left has nothing to show; one that failed says so. */
export const isShown = (job: Job, state: Pick<GalleryState, 'items' | 'gone' | 'previews'>): boolean =>
  job.state !== 'succeeded' || placesOf(job, state).length > 0

/** Every picture that can be looked at, in the order of the page. */
export const shownPictures = (
  state: Pick<GalleryState, 'jobs' | 'items' | 'gone' | 'previews'>,
): { job: Job; itemId: string }[] =>
  state.jobs.flatMap((job) =>
    hasEnded(job.state) ? placesOf(job, state).flatMap(({ itemId }) => (itemId === null ? [] : [{ job, itemId }])) : [],
  )
