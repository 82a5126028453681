// What the lists are asked with.
import { z } from 'zod'
import { invalidCursor } from '#shared/http/problems'
import { parseWith } from '#shared/http/validate'
import { decodeCursor, encodeCursor } from '#shared/lib/cursor'

const limit = (standard: number) =>
  z
    .string()
    .regex(/^\d{1,3}$/, 'must be a whole number from 1 to 100')
    .transform(Number)
    .refine((value) => value >= 1 && value <= 100, 'must be a whole number from 1 to 100')
    .optional()
    .transform((value) => value ?? standard)

const ListQuery = z.object({
  limit: limit(30),
  cursor: z.string().max(500).optional(),
  q: z.string().trim().max(200).optional(),
})
const PageQuery = z.object({ limit: limit(50), cursor: z.string().max(500).optional() })

export interface ListPlace {
  updatedAt: number
  id: string
}

export const encodeListCursor = ({ updatedAt, id }: ListPlace): string =>
  encodeCursor('conversations', `${updatedAt}:${id}`)

function decodeListCursor(cursor: string): ListPlace {
  const match = decodeCursor('conversations', cursor)?.match(/^(\d{1,16}):(\w{1,100})$/)
  if (!match) throw invalidCursor()
  return { updatedAt: Number(match[1]), id: match[2]! }
}

export function parseListQuery(query: Record<string, string>) {
  const {
    limit: size,
    cursor,
    q,
  } = parseWith(ListQuery as z.ZodType<{ limit: number; cursor?: string; q?: string }>, query)
  return { limit: size, search: q || undefined, after: cursor ? decodeListCursor(cursor) : undefined }
}

export const encodePageCursor = (messageId: string): string => encodeCursor('messages', messageId)

export function parsePageQuery(query: Record<string, string>) {
  const { limit: size, cursor } = parseWith(PageQuery as z.ZodType<{ limit: number; cursor?: string }>, query)
  if (!cursor) return { limit: size, from: undefined }
  const from = decodeCursor('messages', cursor)
  if (from === null || !/^\w{1,100}$/.test(from)) throw invalidCursor()
  return { limit: size, from }
}
