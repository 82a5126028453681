// A secret that is known by its beginning, however long it is: what follows of it is hidden as it comes, and nothing
// of it waits in memory.
import type { FindingKind, Report } from '../matching/scanner.ts'

export interface Region {
  kind: FindingKind
  /** Where it ends in this text from `at` on; `open`: not within it. */
  endIn(text: string, at: number): { end: number; open: boolean }
}

export interface Regions {
  /** Goes on with what the text before ended in; answers where looking for others begins. */
  resume(text: string, from: number, report: Report): number
  /** Reports the whole of a new one, or as much as there is; answers where it ends. */
  begin(region: Region, place: { text: string; start: number; at: number }, report: Report): number
}

export function createRegions(): Regions {
  let current: Region | null = null
  return {
    resume(text, from, report) {
      if (!current || from >= text.length) return from
      const { kind } = current
      const { end, open } = current.endIn(text, from)
      if (!open) current = null
      if (end > from) report({ start: from, end, kind, continued: true })
      return end
    },
    begin(region, { text, start, at }, report) {
      const { end, open } = region.endIn(text, at)
      current = open ? region : null
      report({ start, end, kind: region.kind })
      return end
    },
  }
}
