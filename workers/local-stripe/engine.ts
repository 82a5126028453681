// The account: its objects, its clock, its ids, and what it tells of every change.
import { noSuch } from './errors.ts'
import type { Store } from './store.ts'
import type { StoredEvent, Tables, TypeName } from './tables.ts'

export interface EngineConfig {
  /** Where the hosted pages are. */
  origin: string
  apiVersion: string
  /** Milliseconds of the machine. */
  clock: () => number
  /** So many letters and digits that nobody guesses. */
  random: (length: number) => string
}

/** Work that falls due by the account's clock, such as a renewal. */
export interface Timer {
  /** Seconds at which there is something to do next. */
  nextAt(engine: Engine): number | undefined
  /** The clock stands at that second. */
  run(engine: Engine, at: number): void
}

export interface EngineParts {
  store: Store
  config: EngineConfig
  timers?: Timer[]
  reactions?: Record<string, Reaction[]>
}

/** What follows from an event inside the account, such as an invoice from its payment. */
export type Reaction = (engine: Engine, object: object) => void

interface WithClock {
  customer?: string | { id: string } | null
  test_clock?: string | { id: string } | null
}

const idOf = (value: string | { id: string } | null | undefined) => (typeof value === 'string' ? value : value?.id)

export class Engine {
  readonly store: Store
  readonly config: EngineConfig
  readonly timers: Timer[]
  /** By the name of the event. */
  readonly reactions: Record<string, Reaction[]>
  /** Told of each event after it is stored. */
  onEvent: (event: StoredEvent) => void = () => {}
  /** Asks this account's own API, as a page of Stripe's does behind the scenes. */
  call: <T extends object>(method: 'GET' | 'POST' | 'DELETE', path: string, given?: object) => T = () => {
    throw new Error('No API listens to this engine.')
  }
  /** Of the call that is being answered; events name it. */
  request: { id: string | null; idempotency_key: string | null } = { id: null, idempotency_key: null }
  #standsAt: number | null = null

  constructor({ store, config, timers = [], reactions = {} }: EngineParts) {
    this.reactions = reactions
    this.store = store
    this.config = config
    this.timers = timers
  }

  /** In seconds: the account's clock, or the test clock of the customer that the object belongs to. */
  now(of: WithClock = {}): number {
    const customer = idOf(of.customer)
    const clock = idOf(of.test_clock) ?? (customer && idOf(this.store.get('customer', customer)?.test_clock))
    const stopped = clock ? this.store.get('test_helpers.test_clock', clock) : undefined
    return stopped?.frozen_time ?? this.#standsAt ?? this.#accountNow()
  }

  #accountNow(): number {
    return Math.floor(this.config.clock() / 1000) + this.offsetSeconds
  }

  id(prefix: string, length = 24): string {
    return `${prefix}_${this.config.random(length)}`
  }

  /** The object, or Stripe's refusal to know it. `param` is the field that named it. */
  need<Name extends TypeName>(type: Name, id: string, param = 'id'): Tables[Name] {
    const found = this.store.get(type, id)
    if (!found) throw noSuch(type.replaceAll(/[._]/g, ' ').trim(), id, param)
    return found
  }

  emit(type: string, object: object, previousAttributes?: object): StoredEvent {
    const event: StoredEvent = {
      id: this.id('evt'),
      object: 'event',
      api_version: this.config.apiVersion,
      created: this.now(object as WithClock),
      data: { object: structuredClone(object), ...(previousAttributes && { previous_attributes: previousAttributes }) },
      livemode: false,
      pending_webhooks: 0,
      request: this.request,
      type,
    }
    this.store.put('event', event)
    this.onEvent(event)
    for (const react of this.reactions[type] ?? []) react(this, structuredClone(object))
    return event
  }

  /** Moves the account's clock to that second, doing on the way what falls due. */
  advanceTo(at: number): void {
    this.#runUntil(at)
    this.store.put('_account', {
      id: 'account',
      offsetSeconds: Math.max(at, this.now()) - Math.floor(this.config.clock() / 1000),
    })
  }

  /** The second at which something falls due next by the account's clock. */
  nextDue(): number | undefined {
    const times = this.timers.map((timer) => timer.nextAt(this)).filter((at) => at !== undefined)
    return times.length > 0 ? Math.min(...times) : undefined
  }

  /** How far the account's clock is ahead of the machine's. */
  get offsetSeconds(): number {
    return this.store.get('_account', 'account')?.offsetSeconds ?? 0
  }

  /** Does what has fallen due by itself. */
  tick(): void {
    this.#runUntil(this.now())
  }

  #runUntil(end: number): void {
    try {
      // Work that puts off nothing would hold the clock for ever.
      for (let turn = 0; turn < 100_000; turn += 1) {
        const due = this.timers
          .map((timer) => ({ timer, at: timer.nextAt(this) }))
          .filter((each): each is { timer: Timer; at: number } => each.at !== undefined && each.at <= end)
          .toSorted((a, b) => a.at - b.at)[0]
        if (!due) return
        this.#standsAt = Math.max(due.at, this.#standsAt ?? 0)
        due.timer.run(this, due.at)
      }
    } finally {
      this.#standsAt = null
    }
  }
}
