// What an object refuses as data is thrown here as the problem that its caller is shown.
import { conflict, invalidCursor, invalidRequest, notFound, Problem } from '#shared/http/problems'

const problems = {
  not_found: () => notFound('conversation'),
  message_not_found: () => notFound('message'),
  unknown_message: invalidCursor,
  invalid_parent: () => invalidRequest('parent_id: a message can only follow an answer.', 'parent_id'),
  running: () => conflict('An answer is being written in this conversation. Wait for it, or stop it first.'),
  not_running: () => conflict('This answer is no longer being written.'),
  idempotency_mismatch: () => new Problem('idempotency_mismatch', 'This Idempotency-Key was used for another message.'),
} as const

export function accept<Answer extends { ok: boolean }>(answer: Answer): Extract<Answer, { ok: true }> {
  if (answer.ok) return answer as Extract<Answer, { ok: true }>
  throw problems[(answer as unknown as { code: keyof typeof problems }).code]()
}
