// What a member's open pages are told of a change. Nobody who listens in vain is a reason to fail.
import type { FeedEvent } from '#shared/contracts/feed'
import type { SiteLocale } from '#shared/http/choose-locale'
import type { LibraryItem } from '#shared/contracts/library'
import { wordsOfError } from '#shared/http/words-of-error'
import type { LibrarySystem } from './context.ts'
import type { SeenItem, Viewer } from './item-row.ts'
import { readStorage } from './read-storage.ts'
import { shareUrls } from './share-urls.ts'
import { toLibraryItem } from './to-library-item.ts'

type Ctx = Pick<LibrarySystem, 'feedOf' | 'quotaOf' | 'db' | 'logger' | 'signer' | 'siteUrl' | 'now'>

export async function tell({
  viewer,
  events,
  ctx,
}: {
  viewer: Viewer
  events: FeedEvent[]
  ctx: Pick<Ctx, 'feedOf' | 'logger'>
}): Promise<void> {
  if (events.length === 0) return
  try {
    await ctx.feedOf(viewer).publish(events)
  } catch (error) {
    ctx.logger.warn('feed-not-told', { error: wordsOfError(error) })
  }
}

async function storageEvent({ viewer: { organizationId }, ctx }: { viewer: Viewer; ctx: Ctx }): Promise<FeedEvent> {
  const { used_bytes, quota_bytes } = await readStorage({ organizationId, ctx })
  return { type: 'storage', used_bytes, quota_bytes }
}

export const wireItems = ({
  seen,
  viewer,
  locale,
  ctx,
}: {
  seen: readonly SeenItem[]
  viewer: Viewer
  /** Of the addresses of pages. */
  locale?: SiteLocale
  ctx: Pick<Ctx, 'signer' | 'siteUrl' | 'now'>
}): Promise<LibraryItem[]> =>
  Promise.all(seen.map((item) => toLibraryItem(item, { viewer, urls: shareUrls(ctx, locale) })))

/** Items that are there or have changed, those that are gone, and how much room there is left. */
export async function tellOfItems({
  viewer,
  items = [],
  gone = [],
  storage = true,
  ctx,
}: {
  viewer: Viewer
  items?: readonly LibraryItem[]
  gone?: readonly string[]
  storage?: boolean
  ctx: Ctx
}): Promise<void> {
  const events: FeedEvent[] = [
    ...items.map((item) => ({ type: 'item' as const, item })),
    ...gone.map((id) => ({ type: 'item.gone' as const, id })),
  ]
  if (events.length === 0) return
  await tell({ viewer, events: storage ? [...events, await storageEvent({ viewer, ctx })] : events, ctx })
}
