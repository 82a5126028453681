// Anthropic's marks of what is worth keeping in its cache.
import type { MessagesRequest } from '#shared/contracts/messages'
import type { CacheMark } from '#shared/providers/spec/language-model'

type CacheControl = MessagesRequest['cache_control']

export const cacheOf = (mark: CacheControl): { cache?: CacheMark } =>
  mark ? { cache: mark.ttl === '1h' ? '1h' : true } : {}

type Marked = { cache_control?: CacheControl; content?: unknown; source?: unknown }

const isMarked = (value: unknown): value is Marked => typeof value === 'object' && value !== null

/** Blocks hold blocks: a result of a tool its pictures, a document its texts. */
function isLong(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isLong)
  if (!isMarked(value)) return false
  return value.cache_control?.ttl === '1h' || isLong(value.content) || isLong(value.source)
}

export const asksForLongCache = ({ system, messages, tools, ...body }: MessagesRequest): boolean =>
  body.cache_control?.ttl === '1h' || isLong(system) || isLong(messages) || isLong(tools)
