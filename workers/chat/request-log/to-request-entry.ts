import type { RequestLogEntry } from '#shared/contracts/requests'
import type { RequestLogRow } from './repository.ts'

const moment = (at: number): string => new Date(at).toISOString()

export const toRequestEntry = (row: RequestLogRow): RequestLogEntry => ({
  id: row.id,
  created_at: moment(row.at),
  key_id: row.keyId,
  user_id: row.userId,
  path: row.path,
  requested_model: row.asked,
  model: row.model,
  provider: row.provider,
  status: row.status,
  code: row.code,
  ending: row.ending as RequestLogEntry['ending'],
  stream: row.streams,
  attempts: row.attempts,
  cache: row.cache as RequestLogEntry['cache'],
  replayed: row.replayed,
  usage: row.usage,
  cost_micros: row.costMicros,
  estimated: row.estimated,
  first_byte_ms: row.firstByteMs,
  total_ms: row.totalMs,
  guardrails: row.findings,
  content: row.content as RequestLogEntry['content'],
  expires_at: moment(row.expiresAt),
})
