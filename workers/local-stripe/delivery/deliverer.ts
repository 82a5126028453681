// Events are told to whoever registered for them: signed, in turn, again when they were not taken, and as badly as
// the fault switches ask for.
import type { Engine } from '../engine.ts'
import { isOfType } from '../resources/events.ts'
import type { Delivery, FaultMode, Faults, StoredEvent, WebhookEndpoint } from '../tables.ts'
import { signatureOf } from './sign.ts'

const delayedMs = 5000
/** So long after the last event the whole batch goes, the newest first. */
const batchMs = 1500
const retrySeconds = [1, 5, 15, 60, 300, 900, 3600, 10_800, 21_600, 43_200]
const answerMs = 30_000

export type Send = (url: string, init: RequestInit) => Promise<Response>

export class Deliverer {
  readonly #engine: Engine
  readonly #send: Send
  #running: Promise<void> | null = null

  constructor(engine: Engine, send: Send) {
    this.#engine = engine
    this.#send = send
    engine.onEvent = (event) => this.#take(event)
  }

  get faults(): Faults {
    return this.#engine.store.get('_faults', 'faults') ?? { id: 'faults', webhooks: 'normal', places: 0 }
  }

  setMode(webhooks: FaultMode): void {
    this.#engine.store.put('_faults', { ...this.faults, webhooks })
  }

  pending(): Delivery[] {
    return this.#engine.store.list('_delivery')
  }

  /** Milliseconds at which there is something to send next. */
  nextAt(): number | undefined {
    const times = this.pending().flatMap(({ nextAt }) => (nextAt === null ? [] : [nextAt]))
    return times.length > 0 ? Math.min(...times) : undefined
  }

  /** Lets everything go that waits: what is held, what is put off and what is to be tried again. */
  async flush(): Promise<{ delivered: number; pending: number }> {
    await this.pump()
    const waiting = this.pending()
    for (const delivery of waiting) this.#save({ ...delivery, nextAt: this.#now() })
    await this.pump()
    const left = this.pending().length
    return { delivered: Math.max(0, waiting.length - left), pending: left }
  }

  /** Sends what is due, one after the other. Whoever asks meanwhile waits for the same round. */
  async pump(): Promise<void> {
    while (this.#running) await this.#running
    this.#running = this.#sendDue().finally(() => {
      this.#running = null
    })
    await this.#running
  }

  #now(): number {
    return this.#engine.config.clock()
  }

  #save(delivery: Delivery): void {
    this.#engine.store.put('_delivery', delivery)
  }

  #take(event: StoredEvent): void {
    const endpoints = this.#engine.store
      .list('webhook_endpoint')
      .filter(
        ({ status, enabled_events: types }) => status === 'enabled' && types.some((type) => isOfType(event.type, type)),
      )
    if (endpoints.length === 0) return
    const faults = this.faults
    const place = faults.places + 1
    this.#engine.store.put('_faults', { ...faults, places: place })
    this.#engine.store.put('event', { ...event, pending_webhooks: endpoints.length })
    for (const endpoint of endpoints)
      for (const copy of faults.webhooks === 'double' ? ['', '.again'] : [''])
        this.#save({
          id: `${event.id}.${endpoint.id}${copy}`,
          event: event.id,
          eventType: event.type,
          endpoint: endpoint.id,
          place,
          attempts: 0,
          nextAt: this.#firstAt(faults.webhooks),
          status: 'pending',
          lastAnswer: null,
        })
    if (faults.webhooks === 'reversed') this.#waitForTheBatch()
  }

  #firstAt(mode: FaultMode): number | null {
    if (mode === 'held') return null
    return this.#now() + (mode === 'delayed' ? delayedMs : mode === 'reversed' ? batchMs : 0)
  }

  #waitForTheBatch(): void {
    const nextAt = this.#now() + batchMs
    for (const delivery of this.pending()) if (delivery.attempts === 0) this.#save({ ...delivery, nextAt })
  }

  #nextDue(): Delivery | undefined {
    const now = this.#now()
    const due = this.pending().filter(({ nextAt }) => nextAt !== null && nextAt <= now)
    const sign = this.faults.webhooks === 'reversed' ? -1 : 1
    return due.toSorted((a, b) => sign * (a.place - b.place))[0]
  }

  async #sendDue(): Promise<void> {
    for (let due = this.#nextDue(); due; due = this.#nextDue()) {
      const answer = await this.#attempt(due)
      // The account may have been emptied while the answer was awaited.
      if (this.#engine.store.get('_delivery', due.id)) this.#settle(due, answer)
    }
  }

  async #attempt(delivery: Delivery): Promise<string> {
    const endpoint = this.#engine.store.get('webhook_endpoint', delivery.endpoint)
    const event = this.#engine.store.get('event', delivery.event)
    if (!endpoint || !event) return '410'
    try {
      const answer = await this.#send(endpoint.url, await this.#request(event, endpoint))
      await answer.body?.cancel()
      return String(answer.status)
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }

  async #request(event: StoredEvent, endpoint: WebhookEndpoint): Promise<RequestInit> {
    const payload = JSON.stringify(event, null, 2)
    const seconds = Math.floor(this.#now() / 1000)
    return {
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'stripe-signature': await signatureOf({ payload, secret: endpoint.secret ?? '', seconds }),
        'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      },
      body: payload,
      redirect: 'manual',
      signal: AbortSignal.timeout(answerMs),
    }
  }

  #settle(delivery: Delivery, lastAnswer: string): void {
    const attempts = delivery.attempts + 1
    if (/^2\d\d$/.test(lastAnswer)) {
      this.#finish({ ...delivery, attempts, lastAnswer, status: 'delivered', nextAt: null })
      const event = this.#engine.store.get('event', delivery.event)
      const others = this.pending().some(({ event: id }) => id === delivery.event)
      if (event && !others) this.#engine.store.put('event', { ...event, pending_webhooks: 0 })
      return
    }
    const wait = retrySeconds[attempts - 1]
    if (wait === undefined || lastAnswer === '410')
      this.#finish({ ...delivery, attempts, lastAnswer, status: 'given_up', nextAt: null })
    else this.#save({ ...delivery, attempts, lastAnswer, nextAt: this.#now() + wait * 1000 })
  }

  #finish(delivery: Delivery): void {
    this.#engine.store.remove('_delivery', delivery.id)
    this.#engine.store.put('_delivered', delivery)
  }
}
