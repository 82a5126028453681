// The in-memory ledger's requests, from admission to their end.
import type { Admission, AdmitInput, AmendInput, Payer, SettleInput, Settlement } from '../contracts/ledger.ts'
import type { PolicySnapshot } from '../contracts/policy.ts'
import type { Clock } from '../lib/clock.ts'
import { units, type Usage } from '../lib/money.ts'
import { modelInPlan, overageNote } from './credit-rules.ts'
import { accountsOf, type createInMemoryBooks } from './in-memory-books.ts'
import type { createInMemoryKeys } from './in-memory-keys.ts'
import type { Hold, KeyRow } from './in-memory-ledger-types.ts'
import type { createInMemoryLimits } from './in-memory-limits.ts'
import type { createInMemoryNotices } from './in-memory-notices.ts'

const ANSWER_LIFETIME_MS = 24 * 3_600_000

const answerName = (payer: Payer, key: string) =>
  JSON.stringify([payer.kind === 'user' ? `user:${payer.userId}` : `key:${payer.keyId}`, key])

const isPayerOf = ({ keyId, userId }: Hold, payer: Payer): boolean =>
  payer.kind === 'user' ? keyId === null && userId === payer.userId : keyId === payer.keyId

interface RequestsOptions {
  clock: Clock
  books: ReturnType<typeof createInMemoryBooks>
  keys: ReturnType<typeof createInMemoryKeys>
  limits: ReturnType<typeof createInMemoryLimits>
  notices: ReturnType<typeof createInMemoryNotices>
  policy: () => PolicySnapshot
  onEnded: (requestId: string, outcome: 'settled' | 'released') => void
}

function usageBetween(before: Usage, after: Usage): Usage {
  const difference: Usage = {}
  for (const unit of units) {
    const count = (after[unit] ?? 0) - (before[unit] ?? 0)
    if (count !== 0) difference[unit] = count
  }
  return difference
}

export function createInMemoryRequests({ clock, books, keys, limits, notices, policy, onEnded }: RequestsOptions) {
  const answers = new Map<string, { fingerprint: string; requestId: string; at: number }>()

  function end(hold: Hold, state: Exclude<Hold['state'], 'held'>) {
    hold.state = state
    onEnded(hold.requestId, state === 'settled' || state === 'abandoned' ? 'settled' : 'released')
  }

  const chargeOf = ({ requestId }: Hold) =>
    books.entries.find((entry) => entry.kind === 'charge' && entry.requestId === requestId)!
  const totalOf = ({ requestId }: Hold) =>
    0 - books.entries.filter((entry) => entry.requestId === requestId).reduce((sum, each) => sum + each.amountMicros, 0)

  function enter(
    hold: Hold,
    fields: Omit<Parameters<typeof books.addEntry>[0], 'kind'>,
    kind: 'charge' | 'adjustment',
  ) {
    const { requestId, keyId, userId, service, model, provider } = hold
    const entry = books.addEntry({ kind, requestId, keyId, userId, service, model, provider, ...fields })
    if (kind === 'charge' && !hold.part) limits.countTokens([...accountsOf(hold), 'plan'], entry.usage ?? {})
    if (entry.amountMicros > 0) notices.forget('credit')
    return entry
  }

  /** Holds that have run out: charged what was known of them, or free again; their Idempotency-Key is free as well. */
  function expire() {
    const over = books.liveHolds().filter((hold) => hold.expiresAt <= clock())
    over.sort((a, b) => a.expiresAt - b.expiresAt || (a.requestId < b.requestId ? -1 : 1))
    for (const hold of over) {
      if (!hold.abandoned) {
        end(hold, 'expired')
        continue
      }
      const { amountMicros, usage, price, costMicros = null } = hold.abandoned
      const amount = 0 - Math.min(amountMicros, hold.heldMicros)
      end(hold, 'abandoned')
      const about = { usage, price, estimated: true, note: 'abandoned', costMicros }
      hold.drawn = books.credit.charge(hold, 0 - amount, {})
      notices.afterCharge(enter(hold, { amountMicros: amount, ...about }, 'charge'))
    }
    books.credit.expire()
  }

  const runningUnder = (name: string) => books.liveHolds().find((hold) => hold.answer?.name === name)
  const keptUnder = (name: string) => {
    const kept = answers.get(name)
    return kept && kept.at + ANSWER_LIFETIME_MS > clock() ? kept : undefined
  }

  function checkIdempotency({ payer, idempotency }: AdmitInput): Extract<Admission, { ok: false }> | null {
    if (!idempotency) return null
    const name = answerName(payer, idempotency.key)
    const running = runningUnder(name)
    const known = running ? { fingerprint: running.answer!.fingerprint, requestId: running.requestId } : keptUnder(name)
    if (!known) return null
    if (known.fingerprint !== idempotency.fingerprint) return { ok: false, code: 'idempotency_mismatch' }
    return { ok: false, code: running ? 'idempotency_in_progress' : 'replay', requestId: known.requestId }
  }

  const admitted = ({ heldMicros }: Hold, key: KeyRow | null, windows: Parameters<typeof limits.tightest>[0]) => ({
    ok: true as const,
    heldMicros,
    keyUserId: key?.userId ?? null,
    rateLimit: limits.tightest(windows),
    ...(key?.cacheSeconds && { keyCacheSeconds: key.cacheSeconds }),
  })

  function decide(input: AdmitInput): Admission {
    const whole = input.partOf === undefined ? undefined : books.holds.get(input.partOf)
    const part = whole?.state === 'held' && isPayerOf(whole, input.payer)
    const payer = keys.checkPayer(input, policy(), part)
    if (!payer.ok) return payer
    const { key, userId } = payer
    const { requestId, service, model, provider, idempotency, tokens = 0, abandoned = null } = input
    const about = { keyId: key?.id ?? null, userId, model }
    const accounts = accountsOf(about)
    const limited = [...accounts, 'plan' as const]
    const counted = limited.filter((name) => input.payer.kind !== 'verified-key' || name !== `key:${key?.id}`)
    const requests = part ? [] : limits.requestWindows(counted)
    const windows = part ? [] : [...requests, ...limits.tokenWindows(limited, tokens)]

    const before = books.holds.get(requestId)
    if (before?.state === 'held') return admitted(before, key, windows)
    if (before) return { ok: false, code: 'replay', requestId }
    const known = checkIdempotency(input)
    if (known && known.code !== 'replay') return known
    const refusal = known
      ? limits.refuse(requests)
      : ((part ? null : refusePlan(input)) ??
        limits.refuse(windows) ??
        (part ? null : limits.refuseParallel(limited)) ??
        books.refuseUnaffordable(about, Math.min(input.floorMicros, input.ceilingMicros)))
    if (refusal) return refusal
    limits.take(requests)
    if (key) key.lastUsedAt = clock()
    if (known) return known
    const answer = idempotency
      ? { name: answerName(input.payer, idempotency.key), fingerprint: idempotency.fingerprint }
      : null
    const heldMicros = Math.min(input.ceilingMicros, books.affordable(about))
    const expiresAt = clock() + input.ttlMs
    const held = { requestId, ...about, service, provider, answer, heldMicros, abandoned, expiresAt, takenAt: clock() }
    const overdraft = books.credit.plan()?.overdraft
    const marks = { ...(part && { part }), ...(overdraft && { overdraft: overageNote(overdraft) }) }
    const hold = { ...held, tokens: part ? 0 : tokens, ...marks }
    books.holds.set(requestId, { ...hold, state: 'held' })
    return admitted(books.holds.get(requestId)!, key, windows)
  }

  function refusePlan({ model, ceilingMicros }: AdmitInput): Extract<Admission, { ok: false }> | null {
    const plan = books.credit.plan()
    if (plan?.readOnly && ceilingMicros > 0) return { ok: false, code: 'payment_overdue' }
    return !plan || modelInPlan(plan, model)
      ? null
      : { ok: false, code: 'model_not_in_plan', model, planId: plan.planId }
  }

  function told(admission: Admission): Admission {
    if (!admission.ok) notices.afterRefusal(admission)
    return admission
  }

  function decideAmendment({ requestId, model, provider, tokens = 0, abandoned, ...price }: AmendInput): Admission {
    const held = books.holds.get(requestId)
    if (held?.state !== 'held') return { ok: false, code: 'replay', requestId }
    const key = held.keyId === null ? null : keys.find(held.keyId)
    if (key?.models && !key.models.includes(model)) return { ok: false, code: 'model_not_allowed', model }
    const plan = books.credit.plan()
    if (plan && !held.part && !modelInPlan(plan, model))
      return { ok: false, code: 'model_not_in_plan', model, planId: plan.planId }
    const next: Hold = { ...held, model, provider, tokens: held.part ? 0 : tokens, abandoned: abandoned ?? null }
    const accounts = [...accountsOf(next), 'plan' as const]
    const requests = model === held.model || held.part ? [] : limits.requestWindows([`model:${model}`])
    // Looked at as if it were not there.
    books.holds.delete(requestId)
    const refusal =
      (held.part
        ? null
        : (limits.refuse([...requests, ...limits.tokenWindows(accounts, tokens)]) ??
          limits.refuseParallel(accounts))) ??
      books.refuseUnaffordable(next, Math.min(price.floorMicros, price.ceilingMicros))
    if (!refusal) next.heldMicros = Math.min(price.ceilingMicros, books.affordable(next))
    books.holds.set(requestId, refusal ? held : next)
    if (refusal) return refusal
    limits.take(requests)
    return admitted(next, key, [])
  }

  function charge(held: Hold, input: SettleInput): Settlement {
    const { amountMicros, usage, price, estimated, costMicros = null } = input
    const late = held.state === 'expired'
    const bounded = Math.min(amountMicros, held.heldMicros)
    const amount = late ? Math.min(bounded, books.affordable(held)) : bounded
    const note = late ? (amount < bounded ? 'late-settlement-capped' : 'late-settlement') : null
    keepAnswer(held, input, late)
    end(held, 'settled')
    books.credit.charge(held, amount, { late })
    const entry = enter(held, { amountMicros: 0 - amount, usage, price, estimated, note, costMicros }, 'charge')
    notices.afterCharge(entry)
    return { ok: true, amountMicros: amount, entryId: entry.id }
  }

  function correct(held: Hold, input: SettleInput): Settlement {
    const { usage, price, estimated } = input
    const charged = chargeOf(held)
    const more = Math.min(input.amountMicros, held.heldMicros) + charged.amountMicros
    const amount = Math.min(more, books.affordable(held))
    const note = amount < more ? 'late-settlement-capped' : 'late-settlement'
    keepAnswer(held, input, true)
    end(held, 'settled')
    const difference = usageBetween(charged.usage ?? {}, usage)
    const cost = input.costMicros === undefined ? null : input.costMicros - (held.abandoned?.costMicros ?? 0)
    const about = { usage: difference, price, estimated, note, costMicros: cost }
    if (amount < 0) books.credit.giveBackTo(held.drawn!, 0 - amount)
    else books.credit.charge(held, amount, { late: true, correction: true })
    notices.afterCharge(enter(held, { amountMicros: 0 - amount, ...about }, 'adjustment'))
    return { ok: true, amountMicros: totalOf(held), entryId: charged.id }
  }

  function keepAnswer({ answer, requestId }: Hold, { answerKept }: SettleInput, late: boolean) {
    if (!answer || !answerKept || (late && (runningUnder(answer.name) ?? keptUnder(answer.name)))) return
    answers.set(answer.name, { fingerprint: answer.fingerprint, requestId, at: clock() })
  }

  /** Credit that has expired goes when what held it is done. */
  const freeing = <A extends unknown[], R>(run: (...input: A) => R) => {
    return (...input: A): R => {
      const answer = run(...input)
      books.credit.expire()
      return answer
    }
  }

  return {
    expire,
    admit: (input: AdmitInput) => told(decide(input)),
    amend: freeing((input: AmendInput) => told(decideAmendment(input))),
    renew({ requestId, ttlMs }: { requestId: string; ttlMs: number }) {
      const held = books.holds.get(requestId)
      if (held?.state === 'held') held.expiresAt = Math.max(held.expiresAt, clock() + ttlMs)
    },
    settle: freeing((input: SettleInput): Settlement => {
      const held = books.holds.get(input.requestId)
      if (!held) return { ok: false, code: 'unknown_hold' }
      if (held.state === 'settled')
        return { ok: true, amountMicros: totalOf(held), entryId: chargeOf(held).id, repeated: true }
      if (held.state === 'released') return { ok: true, amountMicros: 0, entryId: null, repeated: true }
      return held.state === 'abandoned' ? correct(held, input) : charge(held, input)
    }),
    release: freeing(({ requestId }: { requestId: string }) => {
      const held = books.holds.get(requestId)
      if (held?.state === 'held' || held?.state === 'expired') end(held, 'released')
      if (held?.state !== 'abandoned') return
      const { usage, price, costMicros: cost } = held.abandoned!
      const costMicros = cost === undefined ? null : 0 - cost
      const about = { usage: usageBetween(usage, {}), price, estimated: false, note: 'late-release', costMicros }
      const back = 0 - chargeOf(held).amountMicros
      end(held, 'settled')
      books.credit.giveBackTo(held.drawn!, back)
      enter(held, { amountMicros: back, ...about }, 'adjustment')
    }),
    clear: () => answers.clear(),
  }
}
