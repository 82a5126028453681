// The pictures that belong to a page of jobs, in as few questions as it takes.
import type { Job } from '#shared/contracts/jobs'
import type { LibraryItem } from '#shared/contracts/library'
import type { Page } from '../../api/pages-state.ts'

export interface LoadedItems {
  items: LibraryItem[]
  /** Whether what is not among them is nowhere. */
  complete: boolean
}

export interface ItemRange {
  cursor?: string | null
  from?: number
  to?: number
}

type Ask = (range: ItemRange) => Promise<Page<LibraryItem>>

/** More than this for one page of jobs is not worth its time: what is missing is shown without its facts. */
const ROUNDS = 4

const wanted = (jobs: readonly Job[]): Set<string> => new Set(jobs.flatMap((job) => job.item_ids))

/** When its pictures came into the library, at the earliest. */
const earliest = (jobs: readonly Job[]): number => Math.min(...jobs.map((job) => job.created_at))

/** `first`: what was asked for at the same time as the jobs, a guess that is nearly always right. */
export async function itemsOfJobs({
  jobs,
  first,
  ask,
}: {
  jobs: readonly Job[]
  first?: Page<LibraryItem>
  ask: Ask
}): Promise<LoadedItems> {
  const missing = wanted(jobs)
  if (missing.size === 0) return { items: first?.data ?? [], complete: true }
  const from = earliest(jobs)
  const items: LibraryItem[] = []
  const take = (page: Page<LibraryItem>) => {
    items.push(...page.data)
    for (const { id } of page.data) missing.delete(id)
  }
  let page = first ?? (await ask({ from }))
  take(page)
  for (let round = 0; round < ROUNDS && missing.size > 0; round += 1) {
    const oldest = page.data.at(-1)?.created_at ?? 0
    if (page.next_cursor === null || oldest < from) break
    // oxlint-disable-next-line no-await-in-loop -- each page is named by the one before it
    page = await ask({ ...(!first && { from }), cursor: page.next_cursor })
    take(page)
  }
  const oldest = page.data.at(-1)?.created_at ?? 0
  return { items, complete: missing.size === 0 || page.next_cursor === null || oldest < from }
}
