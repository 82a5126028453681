// Granting credit. The id names the grant: the ledger grants the same id once, so that a second click, or a
// second try after a lost answer, gives nothing twice.
import { readAmount } from '../../ui/read-amount.ts'
import type { AmountFault } from '../../ui/read-amount.ts'

export interface GrantDraft {
  /** Made when the dialog opens, kept until it closes. */
  id: string
  amount: string
  note: string
}

export interface GrantBody {
  id: string
  amount_micros: number
  note?: string
}

export type GrantFaults = { amount?: AmountFault; note?: 'note-long' }
export type GrantReading = { ok: true; body: GrantBody } | { ok: false; faults: GrantFaults }

export const NOTE_MAX = 200
/** A million dollars at once, and no more. */
export const GRANT_MAX = 1_000_000_000_000
/** Above this the dialog asks once more: a slip of one digit is a lot of money. */
export const UNUSUAL_MICROS = 1_000_000_000

export const newGrant = (randomId: () => string): GrantDraft => ({ id: `grant-${randomId()}`, amount: '', note: '' })

export function readGrant(draft: GrantDraft): GrantReading {
  const amount = readAmount(draft.amount, { least: 1, most: GRANT_MAX })
  const note = draft.note.trim()
  const faults: GrantFaults = {
    ...(!amount.ok && { amount: amount.fault }),
    ...(note.length > NOTE_MAX && { note: 'note-long' as const }),
  }
  if (!amount.ok || faults.note) return { ok: false, faults }
  return { ok: true, body: { id: draft.id, amount_micros: amount.micros, ...(note !== '' && { note }) } }
}
