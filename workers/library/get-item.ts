import type { LibraryItem } from '#shared/contracts/library'
import { chooseLocale } from '#shared/http/choose-locale'
import type { LibraryContext } from './context.ts'
import { shareUrls } from './share-urls.ts'
import { toLibraryItem } from './to-library-item.ts'

export async function getItem({ id, ctx }: { id: string; ctx: LibraryContext }): Promise<LibraryItem> {
  const { viewer, items, headers } = ctx
  return toLibraryItem(await items.getItemOf({ viewer, id }), { viewer, urls: shareUrls(ctx, chooseLocale(headers)) })
}
