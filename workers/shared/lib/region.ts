// Where an organization's objects live is part of its id, so that it is known before anything was looked up: an API
// key names its organization, and its organization names its region.
import { bareId } from './ids.ts'

/** https://developers.cloudflare.com/durable-objects/reference/data-location/ */
export const regions = ['eu', 'us'] as const
export type Region = (typeof regions)[number]

/** A letter that no id is made of (see `ids.ts`), between the id and its region. */
const MARK = 'o'
const BARE_LENGTH = 25
const MARKED = new RegExp(`^[0-9a-hjkmnp-tv-z]{${BARE_LENGTH}}${MARK}(${regions.join('|')})$`)

export const isRegion = (value: unknown): value is Region => (regions as readonly unknown[]).includes(value)

/** `org_…` → `org_…oeu`. */
export const inRegion = (organizationId: string, region: Region | null): string =>
  region === null ? organizationId : `${organizationId}${MARK}${region}`

/** Null: wherever it was first asked for. */
export function regionOf(organizationId: string): Region | null {
  // Most ids have no region, and this is asked on every call.
  if (organizationId.length <= BARE_LENGTH + 4) return null
  return (MARKED.exec(bareId(organizationId))?.[1] as Region | undefined) ?? null
}
