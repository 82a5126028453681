// The Ledger: one per organization, named by its id. It holds the organization's money: entries, holds,
// budgets, and the keys that may spend. The rules are in the files beside it; here are storage, alarm and RPC.
import { DurableObject } from 'cloudflare:workers'
import type { Admission, LedgerRpc, PublishedEntries, Settlement } from '#shared/contracts/ledger'
import type { Notice, NoticeQueue } from '#shared/contracts/notices'
import { createLogger } from '#shared/http/log'
import { systemClock, type Clock } from '#shared/lib/clock'
import { createIds } from '#shared/lib/ids'
import { Agenda } from './agenda.ts'
import { ANSWER_LIFETIME_MS } from './idempotency.ts'
import { Journal } from './journal.ts'
import { NoticeSender } from './notice-sender.ts'
import { Publisher, type EntryQueue } from './publisher.ts'
import type { Change } from './state.ts'
import { objectStorage } from './storage.ts'
import { LedgerStore } from './store.ts'
import { Teller } from './teller.ts'
import { Waiters } from './waiters.ts'

export interface LedgerEnv {
  LEDGER_ENTRIES: Queue<PublishedEntries>
  NOTICES: Queue<Notice>
}

/** How far back an object that wakes publishes again: nothing waits in a queue for longer. */
const PERHAPS_LOST_MS = 120_000
/** How long a settlement waits for others to be written with. */
const LINGER_MS = 10

type Input<Method extends keyof LedgerRpc> = Parameters<LedgerRpc[Method]>[0]

export class Ledger extends DurableObject<LedgerEnv> implements LedgerRpc {
  /** These are not reachable by RPC, which sees methods alone; a test sets its own. */
  clock: Clock = systemClock
  entryQueue: EntryQueue = this.env.LEDGER_ENTRIES
  noticeQueue: NoticeQueue = this.env.NOTICES
  readonly #waiters = new Waiters()
  #agenda!: Agenda
  #store!: LedgerStore
  #journal!: Journal
  #teller!: Teller
  #publisher!: Publisher
  #notices!: NoticeSender
  #alarmAt: number | null = null
  #named = false

  constructor(ctx: DurableObjectState, env: LedgerEnv) {
    super(ctx, env)
    void ctx.blockConcurrencyWhile(async () => {
      this.#alarmAt = await ctx.storage.getAlarm()
      this.#open()
    })
  }

  /** Reads everything into memory; from here on memory answers and the disk follows. */
  #open(): void {
    const now = () => this.clock()
    this.#agenda = new Agenda()
    this.#store = new LedgerStore(objectStorage(this.ctx.storage))
    this.#journal = new Journal({
      write: (changes) => this.#write(changes),
      synced: () => this.ctx.storage.sync(),
      onFailure: (error) => this.ctx.abort(`the ledger could not write: ${String(error)}`),
      linger: (callback) => setTimeout(callback, LINGER_MS),
    })
    const logger = createLogger({ service: 'ledger' })
    this.#teller = new Teller({
      store: this.#store,
      journal: this.#journal,
      clock: now,
      ids: createIds(now),
      organizationId: () => this.#organizationId(),
      onEnded: (requestId, outcome) => this.#waiters.wake(requestId, outcome),
    })
    this.#publisher = new Publisher({
      store: this.#store,
      queue: { send: (message) => this.entryQueue.send(message) },
      organizationId: () => this.#organizationId(),
      logger,
    })
    this.#notices = new NoticeSender({
      teller: this.#teller,
      queue: { send: (notice) => this.noticeQueue.send(notice) },
      logger,
    })
    this.#publisher.recall(now() - PERHAPS_LOST_MS)
    this.#named = this.#store.setting<string>('organization_id') !== null
    this.#agenda.rememberedSince(this.#store.oldestMemory())
    this.#agenda.written(this.#store.log(), now())
    const unsent = this.#teller.notices().length > 0
    if (unsent || this.#publisher.publishedSequence < this.#teller.state.sequence) this.#agenda.publishIn(0, now())
    this.#arm()
  }

  #write(changes: readonly Change[]): void {
    this.#store.append(changes)
    this.#rememberName()
    this.#agenda.written(changes, this.clock())
    this.#arm()
  }

  /** An object that its alarm wakes may not be told its name. */
  #rememberName(): void {
    if (this.#named || this.ctx.id.name === undefined) return
    this.#store.set('organization_id', this.ctx.id.name)
    this.#named = true
  }

  #organizationId(): string {
    const name = this.ctx.id.name ?? this.#store.setting<string>('organization_id')
    if (name === null) throw new Error('a ledger is named by its organization')
    return name
  }

  #arm(): void {
    const next = this.#agenda.next(this.#teller.state)
    if (next === Number.POSITIVE_INFINITY || (this.#alarmAt !== null && this.#alarmAt <= next)) return
    this.#alarmAt = next
    void this.ctx.storage.setAlarm(next)
  }

  /** An answer leaves only after what it rests on has been written. */
  async #answer<T>(ask: (teller: Teller) => T, written = () => this.#journal.commit()): Promise<T> {
    const answer = ask(this.#teller)
    const writing = written()
    if (writing) await writing
    if (this.#teller.wantsFold) this.#fold()
    if (this.#teller.hasLoose) {
      this.#agenda.used(this.clock())
      this.#arm()
    }
    return answer
  }

  /** For what nobody waits for: it shares the write of whoever comes next, or that of a moment later. */
  #answerSoon<T>(ask: (teller: Teller) => T): Promise<T> {
    return this.#answer(ask, () => this.#journal.commitSoon())
  }

  #fold(): void {
    this.#publisher.keep(this.#teller.fold())
  }

  override async alarm(): Promise<void> {
    this.#alarmAt = null
    this.#teller.expire()
    const now = this.clock()
    this.#agenda.tidied()
    this.#fold()
    const published = await this.#publisher.publish()
    if (!published) this.#agenda.publishIn(this.#publisher.retryMs, now)
    const sent = await this.#notices.send()
    if (!sent) this.#agenda.publishIn(this.#notices.retryMs, now)
    if (this.#agenda.mayForget(now)) {
      this.#teller.forget(now - ANSWER_LIFETIME_MS)
      this.#agenda.rememberedSince(this.#store.oldestMemory())
    }
    this.#journal.flush()
    this.#arm()
  }

  admit(input: Input<'admit'>): Promise<Admission> {
    return this.#answer((teller) => teller.admit(input))
  }

  admitMany(inputs: Input<'admitMany'>): Promise<Admission[]> {
    return this.#answer((teller) => inputs.map((input) => teller.admit(input)))
  }

  settle(input: Input<'settle'>): Promise<Settlement> {
    return this.#answerSoon((teller) => teller.settle(input))
  }

  settleMany(inputs: Input<'settleMany'>): Promise<Settlement[]> {
    return this.#answerSoon((teller) => inputs.map((input) => teller.settle(input)))
  }

  amend(input: Input<'amend'>): Promise<Admission> {
    return this.#answer((teller) => teller.amend(input))
  }

  renew(input: Input<'renew'>): Promise<void> {
    return this.#answerSoon((teller) => teller.renew(input))
  }

  release(input: Input<'release'>): Promise<void> {
    return this.#answerSoon((teller) => teller.release(input))
  }

  grant(input: Input<'grant'>): ReturnType<LedgerRpc['grant']> {
    return this.#answer((teller) => teller.grant(input))
  }

  balance(): ReturnType<LedgerRpc['balance']> {
    return this.#answer((teller) => teller.balance())
  }

  credits(): ReturnType<LedgerRpc['credits']> {
    return this.#answer((teller) => teller.credits())
  }

  takeBack(input: Input<'takeBack'>): ReturnType<LedgerRpc['takeBack']> {
    return this.#answer((teller) => teller.takeBack(input))
  }

  giveBack(input: Input<'giveBack'>): ReturnType<LedgerRpc['giveBack']> {
    return this.#answer((teller) => teller.giveBack(input))
  }

  expireSeries(input: Input<'expireSeries'>): ReturnType<LedgerRpc['expireSeries']> {
    return this.#answer((teller) => teller.expireSeries(input))
  }

  plan(): ReturnType<LedgerRpc['plan']> {
    return this.#answer((teller) => teller.plan())
  }

  setPlan(input: Input<'setPlan'>): ReturnType<LedgerRpc['setPlan']> {
    return this.#answer((teller) => teller.setPlan(input))
  }

  entries(input: Input<'entries'>): ReturnType<LedgerRpc['entries']> {
    return this.#answer((teller) => teller.entries(input))
  }

  summary(input: Input<'summary'>): ReturnType<LedgerRpc['summary']> {
    return this.#answer((teller) => teller.summary(input))
  }

  createKey(input: Input<'createKey'>): Promise<void> {
    return this.#answer((teller) => teller.createKey(input))
  }

  updateKey(input: Input<'updateKey'>): ReturnType<LedgerRpc['updateKey']> {
    return this.#answer((teller) => teller.updateKey(input))
  }

  revokeKey(input: Input<'revokeKey'>): ReturnType<LedgerRpc['revokeKey']> {
    return this.#answer((teller) => teller.revokeKey(input))
  }

  revokeKeysOf(input: Input<'revokeKeysOf'>): Promise<number> {
    return this.#answer((teller) => teller.revokeKeysOf(input))
  }

  keys(input: Input<'keys'>): ReturnType<LedgerRpc['keys']> {
    return this.#answer((teller) => teller.keys(input))
  }

  verifyKey(input: Input<'verifyKey'>): ReturnType<LedgerRpc['verifyKey']> {
    return this.#answer((teller) => teller.verifyKey(input))
  }

  setBudget(input: Input<'setBudget'>): Promise<void> {
    return this.#answer((teller) => teller.setBudget(input))
  }

  budgets(): ReturnType<LedgerRpc['budgets']> {
    return this.#answer((teller) => teller.budgets())
  }

  setLimits(input: Input<'setLimits'>): Promise<void> {
    return this.#answer((teller) => teller.setLimits(input))
  }

  limits(): ReturnType<LedgerRpc['limits']> {
    return this.#answer((teller) => teller.limits())
  }

  policy(): ReturnType<LedgerRpc['policy']> {
    return this.#answer((teller) => teller.policy())
  }

  setPolicy(input: Input<'setPolicy'>): ReturnType<LedgerRpc['setPolicy']> {
    return this.#answer((teller) => teller.setPolicy(input))
  }

  setRateLimit(input: Input<'setRateLimit'>): Promise<void> {
    return this.#answer((teller) => teller.setRateLimit(input))
  }

  async awaitSettlement({
    requestId,
    timeoutMs,
  }: Input<'awaitSettlement'>): Promise<'settled' | 'released' | 'running'> {
    const standing = await this.#answer((teller) => teller.standing(requestId))
    if (standing !== 'running') return standing
    const outcome = await this.#waiters.wait(requestId, timeoutMs)
    await this.#journal.commit()
    return outcome
  }

  async republish(): Promise<{ entries: number }> {
    const entries = this.#teller.state.sequence
    this.#fold()
    if (!(await this.#publisher.republish())) this.#agenda.publishIn(this.#publisher.retryMs, this.clock())
    this.#arm()
    return { entries }
  }

  async erase(): Promise<void> {
    this.#journal.flush()
    await this.ctx.storage.deleteAlarm()
    await this.ctx.storage.deleteAll()
    this.#alarmAt = null
    this.#waiters.wakeAll('released')
    this.#open()
  }
}
