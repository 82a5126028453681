// The in-memory ledger's credit: every lot there ever was, sorted anew whenever somebody asks.
import type {
  Balance,
  Credits,
  GrantInput,
  LedgerEntry,
  PlanTerms,
  PublishedEntry,
  TakeBack,
  TakeBackInput,
} from '../contracts/ledger.ts'
import type { Clock } from '../lib/clock.ts'
import {
  compareLots,
  drawFrom,
  expiredParts,
  givenBackExpiry,
  hasExpired,
  overageFor,
  overdraftLeft,
  payOwed,
  returnTo,
  toCreditLot,
  usable,
  type KeptLot,
  type LotPart,
} from './credit-rules.ts'
import type { Hold } from './in-memory-ledger-types.ts'

interface CreditOptions {
  clock: Clock
  balance: () => Balance
  liveHolds: () => Hold[]
  addEntry: (fields: Partial<LedgerEntry> & Pick<LedgerEntry, 'kind' | 'amountMicros'>) => PublishedEntry
}

interface TakenBack {
  id: string
  lot: KeptLot
  at: number
  takenMicros: number
  owedMicros: number
  paidMicros: number
  given: { givenMicros: number; forgivenMicros: number } | null
}

const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)

export function createInMemoryCredit({ clock, balance, liveHolds, addEntry }: CreditOptions) {
  const lots: KeptLot[] = []
  const overages: { at: number; micros: number }[] = []
  const takenBack: TakenBack[] = []
  const ends = new Map<string, number>()
  let plan: PlanTerms | null = null

  const left = () => lots.filter(({ remainingMicros }) => remainingMicros > 0).toSorted(compareLots)
  const lotOf = (id: string) => lots.find((lot) => lot.id === id)!
  const dues = () =>
    takenBack.map(({ id, owedMicros, paidMicros, given }) => ({ id, micros: given ? 0 : owedMicros - paidMicros }))

  function add(lot: Omit<KeptLot, 'remainingMicros' | 'grantedAt'>) {
    if (lot.amountMicros > 0) lots.push({ ...lot, remainingMicros: lot.amountMicros, grantedAt: clock() })
  }

  function take(parts: LotPart[]): LotPart[] {
    for (const { id, micros } of parts) lotOf(id).remainingMicros -= micros
    return parts
  }

  const takeFree = (micros: number, first?: string) =>
    take(drawFrom(left(), micros, { takenAt: null, now: clock(), first }))

  function overageMicros(): number {
    const since = plan?.overdraft?.since ?? Number.POSITIVE_INFINITY
    return sum(overages.filter(({ at }) => at >= since).map(({ micros }) => micros))
  }

  function expire() {
    for (const { id, micros } of expiredParts(left(), liveHolds(), clock())) {
      take([{ id, micros }])
      addEntry({ kind: 'expiry', amountMicros: 0 - micros, note: lotOf(id).source })
    }
  }

  /** What of these goes at once. */
  function endSeries(series: string): number {
    const ended = lots.filter((lot) => lot.series === series && lot.remainingMicros > 0 && !hasExpired(lot, clock()))
    for (const lot of ended) Object.assign(lot, { expiresAt: clock(), ended: true })
    const before = sum(ended.map((lot) => lot.remainingMicros))
    expire()
    return before - sum(ended.map((lot) => lot.remainingMicros))
  }

  /** Credit that has come: what is owed is paid of it first. */
  function came(id: string) {
    const paid = payOwed(dues(), lots.find((lot) => lot.id === id)?.remainingMicros ?? 0)
    const micros = sum(paid.map((part) => part.micros))
    if (micros > 0) {
      for (const part of paid) takenBack.find((each) => each.id === part.id)!.paidMicros += part.micros
      take([{ id, micros }])
      addEntry({ kind: 'adjustment', amountMicros: 0 - micros, note: 'owed' })
    }
    expire()
  }

  return {
    expire,
    endSeries,
    plan: () => plan,
    spendable: () => balance().balanceMicros + overdraftLeft(plan?.overdraft ?? null, overageMicros()),
    list: (): Credits =>
      structuredClone({
        lots: left().map(toCreditLot),
        owedMicros: sum(dues().map(({ micros }) => micros)),
        overageMicros: overageMicros(),
      }),

    granted({ id, source = 'promotion', expiresAt = null, series }: GrantInput, { amountMicros }: LedgerEntry) {
      add({ id, source, amountMicros, expiresAt, series: series ?? null })
      if (amountMicros < 0) takeFree(0 - amountMicros)
      came(id)
    },

    /** What the credit lacks is granted first. */
    charge(hold: Hold, micros: number, { late, correction }: { late?: boolean; correction?: boolean }): LotPart[] {
      const takenAt = late ? null : hold.takenAt
      const amountMicros = overageFor(micros, usable(left(), takenAt, clock()))
      if (amountMicros > 0) {
        const note = hold.overdraft ?? (plan?.overdraft?.kind === 'unlimited' ? 'unlimited' : 'overage')
        const id = `overage:${hold.requestId}${correction ? ':late' : ''}`
        add({ id, source: 'overage', amountMicros, expiresAt: null, series: null })
        addEntry({ kind: 'grant', amountMicros, note })
        overages.push({ at: clock(), micros: amountMicros })
      }
      return take(drawFrom(left(), micros, { takenAt, now: clock() }))
    },

    giveBackTo(drawn: LotPart[], micros: number) {
      for (const part of returnTo(drawn, micros)) lotOf(part.id).remainingMicros += part.micros
    },

    takeBack({ id, grantId, amountMicros, note }: TakeBackInput): TakeBack {
      const known = takenBack.find((each) => each.id === id)
      if (known) return { ok: true, takenMicros: known.takenMicros, owedMicros: known.owedMicros, repeated: true }
      const lot = lots.find((each) => each.id === grantId)
      if (!lot) return { ok: false, code: 'unknown_grant' }
      const before = takenBack.filter((each) => each.lot === lot && !each.given)
      const most = lot.amountMicros - sum(before.map((each) => each.takenMicros + each.owedMicros))
      const asked = Math.min(amountMicros, most)
      const takenMicros = Math.min(asked, balance().availableMicros)
      const owedMicros = asked - takenMicros
      takenBack.push({ id, lot, at: clock(), takenMicros, owedMicros, paidMicros: 0, given: null })
      if (takenMicros > 0) addEntry({ kind: 'adjustment', amountMicros: 0 - takenMicros, note: note ?? null })
      takeFree(takenMicros, grantId)
      return { ok: true, takenMicros, owedMicros, repeated: false }
    },

    giveBack({ takeBackId }: { takeBackId: string }) {
      const known = takenBack.find((each) => each.id === takeBackId)
      if (!known) return { givenMicros: 0, forgivenMicros: 0, repeated: false }
      if (known.given) return { ...known.given, repeated: true }
      const givenMicros = known.takenMicros + known.paidMicros
      known.given = { givenMicros, forgivenMicros: known.owedMicros - known.paidMicros }
      const { source, series, expiresAt: until } = known.lot
      const expiresAt = givenBackExpiry({ expiresAt: until, takenAt: known.at, now: clock() })
      const id = `given-back:${takeBackId}`
      if (givenMicros > 0) {
        addEntry({ kind: 'adjustment', amountMicros: givenMicros, note: 'given_back' })
        add({ id, source, amountMicros: givenMicros, expiresAt, series })
        came(id)
      }
      return { ...known.given, repeated: false }
    },

    expireSeries({ id, series }: { id: string; series: string }) {
      if (!ends.has(id)) ends.set(id, endSeries(series))
      return { expiredMicros: ends.get(id)! }
    },

    setPlan(terms: PlanTerms): boolean {
      if (plan && terms.asOf < plan.asOf) return false
      plan = structuredClone(terms)
      return true
    },

    clear() {
      lots.length = overages.length = takenBack.length = 0
      ends.clear()
      plan = null
    },
  }
}
