// What a call cost: an answer in one piece says so itself; of a stream the book does, a moment after its end.
import { api } from '../../api/client.ts'

interface Entry {
  kind: string
  amount_micros: number
}

export type ListEntries = (requestId: string, signal: AbortSignal) => Promise<Entry[]>

export const listEntries: ListEntries = async (requestId, signal) =>
  (await api.get<{ data: Entry[] }>('/api/usage/entries', { query: { request_id: requestId }, signal })).data

/** How long to wait before each look. */
export const lookAfterMs = [200, 800, 2_000, 5_000] as const

/** Null where the book does not say it in time, or not to this person. */
export async function findCost({
  requestId,
  signal,
  list = listEntries,
  wait = (ms) => new Promise((done) => setTimeout(done, ms)),
}: {
  requestId: string
  signal: AbortSignal
  list?: ListEntries
  wait?: (ms: number) => Promise<void>
}): Promise<number | null> {
  for (const ms of lookAfterMs) {
    await wait(ms)
    if (signal.aborted) return null
    const entries = await list(requestId, signal).catch(() => null)
    if (entries === null) return null
    const charges = entries.filter(({ kind }) => kind === 'charge')
    if (charges.length > 0) return charges.reduce((sum, { amount_micros: micros }) => sum + Math.abs(micros), 0)
  }
  return null
}
