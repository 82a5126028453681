// `encrypted_content` is a vendor's seal on its reasoning: it goes back to who made it and to nobody else. OpenAI's
// passes as it is; another vendor's carries our mark, so that it is never sent to OpenAI, who would refuse it.
import type { ResponseOutputItem } from '#shared/contracts/responses'

const MARK = 'riwaq1.'

export const toSeal = (signature: string): string => `${MARK}${signature}`

/** The seal of a vendor other than OpenAI; undefined where it is OpenAI's or none. */
export const signatureOf = (sealed: string | null | undefined): string | undefined =>
  sealed?.startsWith(MARK) ? sealed.slice(MARK.length) : undefined

export const isOpenAISeal = (sealed: string | null | undefined): boolean => !!sealed && !sealed.startsWith(MARK)

export const SEALS = 'reasoning.encrypted_content'

export const withoutSeal = <Item extends { type?: unknown }>(item: Item): Item => {
  if (item.type !== 'reasoning' || !('encrypted_content' in item)) return item
  const { encrypted_content: _, ...rest } = item
  return rest as unknown as Item
}

/** Items as a caller sees them: seals only where they asked for them. */
export const shownItems = (items: ResponseOutputItem[], include: readonly string[] | null | undefined) =>
  include?.includes(SEALS) ? items : items.map(withoutSeal)
