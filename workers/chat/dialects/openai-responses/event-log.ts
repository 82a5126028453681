import type { Problem } from '#shared/http/problems'
import { namedEvent } from '../server-sent-events.ts'

/** One server-sent event with the next number. */
export type Emit = (type: string, fields: Record<string, unknown>) => string

/** Numbers the events of one stream. */
export function createEventLog(next = 0): { emit: Emit } {
  let sequence = next
  return { emit: (type, fields) => namedEvent(type, { type, sequence_number: sequence++, ...fields }) }
}

export const errorFields = ({ code, message, details }: Problem) => ({ code, message, param: details.param ?? null })
