// Where a picture goes from here: its id travels in the address, and the page that opens asks for it itself.
import { localized } from '../../i18n/paths.ts'

/** `again`: what it was made with is filled in. `edit`, `vary`: it is what the next one is made from. */
export const waysIntoImages = ['again', 'edit', 'vary'] as const
export type WayIntoImages = (typeof waysIntoImages)[number]

export const imagesWith = (locale: string, itemId: string, way: WayIntoImages): string =>
  `${localized(locale, '/images')}?${way}=${encodeURIComponent(itemId)}`

export const chatWith = (locale: string, itemIds: readonly string[]): string =>
  `${localized(locale, '/chat')}?attach=${itemIds.map(encodeURIComponent).join(',')}`

export const libraryWith = (locale: string, itemId: string): string =>
  `${localized(locale, '/library')}?item=${encodeURIComponent(itemId)}`

const isId = (text: string): boolean => /^[\w-]{1,64}$/.test(text)

/** What the images page was opened with. */
export function itemForImages(search: string): { way: WayIntoImages; itemId: string } | null {
  const asked = new URLSearchParams(search)
  for (const way of waysIntoImages) {
    const itemId = asked.get(way) ?? ''
    if (isId(itemId)) return { way, itemId }
  }
  return null
}

/** What the chat was opened with: pictures for the next message. */
export const itemsForChat = (search: string): string[] =>
  (new URLSearchParams(search).get('attach') ?? '').split(',').filter(isId)
