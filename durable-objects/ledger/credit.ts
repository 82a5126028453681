// Credit that comes, goes back, is owed and expires. What a request is charged is in `settlement.ts`.
import type { GrantInput, TakeBackInput } from '#shared/contracts/ledger'
import {
  drawFrom,
  expiredParts,
  givenBackExpiry,
  hasExpired,
  payOwed,
  compareLots,
  type LotPart,
} from '#shared/metering/credit-rules'
import { balanceOf } from './balance.ts'
import { totalOf } from './lots.ts'
import { newEntry, type Moment } from './new-entry.ts'
import type { Change, EntryAdded, LedgerState, LotOrigin, TakeBackRecord } from './state.ts'

/** What is on disk and not in memory. */
export interface PastCredit {
  /** What a grant of this name gave; null where it gave nothing. */
  grantedLot(grantId: string): LotOrigin | null
  takeBackOf(id: string): TakeBackRecord | null
  takeBacksOf(grantId: string): TakeBackRecord[]
  /** What the end of a series let expire, by the name that it was asked by. */
  seriesEnd(id: string): number | null
  overageSince(since: number): number
}

export function decideGrant(state: LedgerState, input: GrantInput, moment: Moment): EntryAdded {
  const { id, kind = 'grant', note = null } = input
  // A correction takes at most what nobody holds: what requests in flight hold may be spent already.
  const amountMicros = Math.max(input.amountMicros, 0 - balanceOf(state).availableMicros) || 0
  const entry = newEntry(state, { kind, amountMicros, note }, moment)
  const added = { type: 'entry-added', entry, grantId: id, answer: null } as const
  if (amountMicros <= 0) return { ...added, from: freeParts(state, 0 - amountMicros, moment.now) }
  const lot: LotOrigin = {
    id,
    source: input.source ?? 'promotion',
    amountMicros,
    grantedAt: moment.now,
    expiresAt: input.expiresAt ?? null,
    series: input.series ?? null,
  }
  return { ...added, into: [{ lot, micros: amountMicros }] }
}

/** Of what nobody holds. */
const freeParts = (state: LedgerState, micros: number, now: number, first?: string): LotPart[] =>
  drawFrom(state.lots, micros, { takenAt: null, now, first })

/** New credit pays what is owed, before anybody else can have it. */
export function decidePayment(state: LedgerState, { into }: EntryAdded, moment: Moment): EntryAdded | null {
  const [gain] = into ?? []
  const paid = gain ? payOwed(state.owed, gain.micros) : []
  const micros = totalOf(paid)
  if (!gain || micros === 0) return null
  const entry = newEntry(state, { kind: 'adjustment', amountMicros: 0 - micros, note: 'owed' }, moment)
  return { type: 'entry-added', entry, grantId: null, answer: null, from: [{ id: gain.lot.id, micros }], paid }
}

export function decideCreditExpiry(state: LedgerState, part: LotPart, moment: Moment): EntryAdded {
  const note = state.lots.find(({ id }) => id === part.id)?.source ?? null
  const entry = newEntry(state, { kind: 'expiry', amountMicros: 0 - part.micros, note }, moment)
  return { type: 'entry-added', entry, grantId: null, answer: null, from: [part] }
}

/** The lots of a series that are good still: they end now. */
export function decideSeriesEnd(
  state: LedgerState,
  { series, id }: { series: string; /** By which name it was asked for. */ id: string | null },
  now: number,
): Extract<Change, { type: 'lots-ended' }> {
  const ids = state.lots.filter((lot) => lot.series === series && !hasExpired(lot, now)).map((lot) => lot.id)
  const ended = state.lots
    .map((lot) => (ids.includes(lot.id) ? { ...lot, expiresAt: now, ended: true as const } : lot))
    .toSorted(compareLots)
  const expired = expiredParts(ended, state.holds.values(), now).filter((part) => ids.includes(part.id))
  return { type: 'lots-ended', ids, at: now, end: id === null ? null : { id, expiredMicros: totalOf(expired) } }
}

export function decideTakeBack(
  state: LedgerState,
  past: PastCredit,
  { id, grantId, amountMicros, note }: TakeBackInput,
  moment: Moment,
): { takeBack: TakeBackRecord; changes: Change[] } | null {
  const lot = past.grantedLot(grantId)
  if (!lot) return null
  const before = past.takeBacksOf(grantId).filter(({ givenBack }) => !givenBack)
  const left = before.reduce((rest, each) => rest - each.askedMicros, lot.amountMicros)
  const askedMicros = Math.max(0, Math.min(amountMicros, left))
  const takenMicros = Math.min(askedMicros, balanceOf(state).availableMicros)
  const owedMicros = askedMicros - takenMicros
  const takeBack = { id, grantId, at: moment.now, askedMicros, takenMicros, owedMicros }
  const told: Change = { type: 'credit-taken-back', takeBack }
  if (takenMicros === 0) return { takeBack, changes: [told] }
  const entry = newEntry(state, { kind: 'adjustment', amountMicros: 0 - takenMicros, note: note ?? null }, moment)
  const from = freeParts(state, takenMicros, moment.now, lot.id)
  return { takeBack, changes: [told, { type: 'entry-added', entry, grantId: null, answer: null, from }] }
}

/** What was taken, and what was paid of the rest since, comes back; what is owed of it still is forgiven. */
export function decideGiveBack(
  state: LedgerState,
  past: PastCredit,
  known: TakeBackRecord,
  moment: Moment,
): { takeBack: TakeBackRecord; changes: [Change, EntryAdded?] } {
  const forgivenMicros = state.owed.find((each) => each.id === known.id)?.micros ?? 0
  const givenMicros = known.askedMicros - forgivenMicros
  const takeBack = { ...known, givenBack: { givenMicros, forgivenMicros } }
  const told: Change = { type: 'credit-given-back', takeBack }
  if (givenMicros === 0) return { takeBack, changes: [told] }
  const { source, series, expiresAt } = past.grantedLot(known.grantId)!
  const { now } = moment
  const lot: LotOrigin = {
    id: `given-back:${known.id}`,
    source,
    amountMicros: givenMicros,
    grantedAt: now,
    expiresAt: givenBackExpiry({ expiresAt, takenAt: known.at, now }),
    series,
  }
  const entry = newEntry(state, { kind: 'adjustment', amountMicros: givenMicros, note: 'given_back' }, moment)
  const into = [{ lot, micros: givenMicros }]
  return { takeBack, changes: [told, { type: 'entry-added', entry, grantId: lot.id, answer: null, into }] }
}
