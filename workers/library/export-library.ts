// Everything that a member has in the library, one JSON line each: read a part at a time as it is sent. The files
// themselves come by their addresses, or as a ZIP.
import { chooseLocale } from '#shared/http/choose-locale'
import { listCollections } from './collections.ts'
import type { LibraryContext } from './context.ts'
import { MAX_POSITION } from './position.ts'
import { shareUrls } from './share-urls.ts'
import { toLibraryItem } from './to-library-item.ts'

const AT_ONCE = 100

async function* collectionLines(ctx: LibraryContext): AsyncGenerator<unknown> {
  let cursor: string | undefined
  do {
    const page = await listCollections({ limit: AT_ONCE, cursor, ctx })
    for (const collection of page.data) yield { type: 'collection', ...collection }
    cursor = page.next_cursor ?? undefined
  } while (cursor)
}

async function* itemLines(ctx: LibraryContext, deleted: boolean): AsyncGenerator<unknown> {
  const { viewer } = ctx
  const urls = shareUrls(ctx, chooseLocale(ctx.headers))
  for (let from = 0; from < MAX_POSITION;) {
    const found = await ctx.items.list({ viewer, owner: 'me', deleted, order: 'oldest', from, limit: AT_ONCE })
    for (const seen of found) yield { type: 'item', ...(await toLibraryItem(seen, { viewer, urls })) }
    from = found.length < AT_ONCE ? MAX_POSITION : found.at(-1)!.item.position + 1
  }
}

async function* lines(ctx: LibraryContext): AsyncGenerator<unknown> {
  yield* collectionLines(ctx)
  yield* itemLines(ctx, false)
  yield* itemLines(ctx, true)
}

export function exportLibrary(ctx: LibraryContext): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const source = lines(ctx)
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await source.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`))
    },
    cancel: async () => void (await source.return(undefined)),
  })
}
