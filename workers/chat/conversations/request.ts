// What every route reads of its request in the same way.
import { invalidRequest, notFound } from '#shared/http/problems'
import { requirePermission } from '#shared/http/require-permission'
import { isId } from '#shared/lib/ids'
import type { ConversationRequest } from './context.ts'

/** 400,000 characters of a message, at their longest in JSON. */
export const MAX_BODY_BYTES = 4 * 1_048_576

export function conversationIdOf(c: ConversationRequest): string {
  const id = c.req.param('id') ?? ''
  if (!isId('conversation', id)) throw notFound('conversation')
  return id
}

export function messageIdOf(c: ConversationRequest): string {
  const id = c.req.param('message_id') ?? ''
  if (!isId('message', id)) throw notFound('message')
  return id
}

const MAX_KEY_CHARACTERS = 255

export function idempotencyKeyOf(c: ConversationRequest): string | undefined {
  const key = c.req.header('idempotency-key')
  if (key !== undefined && (key === '' || key.length > MAX_KEY_CHARACTERS))
    throw invalidRequest(`Idempotency-Key: 1 to ${MAX_KEY_CHARACTERS} characters.`, 'Idempotency-Key')
  return key
}

/** A key that may write conversations sees no pictures unless it may use the library as well. */
export function mayAttach(c: ConversationRequest, attachments: readonly string[] | undefined): void {
  if (attachments?.length) requirePermission(c.get('principal'), 'library.use')
}
