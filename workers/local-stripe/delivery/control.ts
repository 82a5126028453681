// Switches that Stripe does not have: the clock of the whole account, and how badly webhooks are delivered.
import { closeDispute, openDispute } from '../billing/disputes.ts'
import { setAfterRetries, type AfterRetries } from '../billing/dunning.ts'
import type { Engine } from '../engine.ts'
import { StripeError } from '../errors.ts'
import { faultModes, type FaultMode } from '../tables.ts'
import type { Deliverer } from './deliverer.ts'

const answer = (body: object, status = 200) => Response.json(body, { status })

const isMode = (value: unknown): value is FaultMode => faultModes.some((mode) => mode === value)

/** From a form of the control page, or as JSON. */
async function readGiven(request: Request): Promise<Record<string, unknown>> {
  const text = await request.text()
  if (!text) return {}
  if (!(request.headers.get('content-type') ?? '').includes('json'))
    return Object.fromEntries(new URLSearchParams(text))
  return JSON.parse(text) as Record<string, unknown>
}

export class Control {
  readonly #engine: Engine
  readonly #deliverer: Deliverer
  readonly #prepare: () => void

  /** `prepare` gives an emptied account what it begins with. */
  constructor({ engine, deliverer, prepare }: { engine: Engine; deliverer: Deliverer; prepare: () => void }) {
    this.#engine = engine
    this.#deliverer = deliverer
    this.#prepare = prepare
  }

  async fetch(request: Request): Promise<Response> {
    const action = new URL(request.url).pathname.slice('/_control/'.length)
    if (request.method === 'GET') return this.#read(action)
    const done = await this.#act(action, await readGiven(request))
    // A form comes back to the page that it was sent from.
    if (done.ok && request.headers.get('accept')?.includes('text/html'))
      return new Response(null, { status: 303, headers: { location: '/' } })
    return done
  }

  #read(action: string): Response {
    if (action === 'state') return answer(this.#state())
    if (action === 'events') return answer({ events: this.#engine.store.list('event') })
    if (action === 'deliveries')
      return answer({ deliveries: [...this.#deliverer.pending(), ...this.#engine.store.list('_delivered')] })
    return answer({ error: `There is no ${action}: state, events, deliveries` }, 404)
  }

  #state() {
    return {
      now: this.#engine.now(),
      offset_seconds: this.#engine.offsetSeconds,
      webhooks: this.#deliverer.faults.webhooks,
      pending: this.#deliverer.pending().length,
    }
  }

  async #act(action: string, given: Record<string, unknown>): Promise<Response> {
    if (action === 'flush') return answer({ ...(await this.#deliverer.flush()), ...this.#state() })
    if (action === 'webhooks') return this.#setMode(given.mode ?? given.webhooks)
    if (action === 'advance') return this.#advance(given)
    if (action === 'reset') return this.#reset()
    if (action === 'dispute') return this.#dispute(given)
    if (action === 'retries') return this.#setFate(given.after ?? given.retries)
    return answer({ error: `There is no ${action}: webhooks, flush, advance, reset, dispute, retries` }, 404)
  }

  #setMode(mode: unknown): Response {
    if (!isMode(mode)) return answer({ error: `mode must be one of ${faultModes.join(', ')}` }, 400)
    this.#deliverer.setMode(mode)
    return answer(this.#state())
  }

  #advance(given: Record<string, unknown>): Response {
    const wanted = given.days === undefined ? Number(given.seconds ?? NaN) : Number(given.days) * 86_400
    if (!Number.isInteger(wanted) || wanted < 0)
      return answer({ error: 'seconds must be a whole number, or days' }, 400)
    this.#engine.advanceTo(this.#engine.now() + wanted)
    return answer(this.#state())
  }

  /** `charge` opens one; `dispute` and `outcome` let the bank decide it. */
  #dispute(given: Record<string, unknown>): Response {
    const { charge, dispute, outcome } = given
    try {
      if (typeof charge === 'string')
        return answer(openDispute(this.#engine, { charge: this.#engine.need('charge', charge), reason: 'fraudulent' }))
      if (typeof dispute === 'string' && (outcome === 'won' || outcome === 'lost'))
        return answer(closeDispute(this.#engine, dispute, outcome))
    } catch (error) {
      if (error instanceof StripeError) return answer({ error: error.message }, error.refusal.status)
      throw error
    }
    return answer({ error: 'charge, or dispute with an outcome: won, lost' }, 400)
  }

  /** What becomes of a subscription whose payment was tried for the last time. */
  #setFate(given: unknown): Response {
    const fate = (['canceled', 'unpaid', 'past_due'] satisfies AfterRetries[]).find((each) => each === given)
    if (!fate) return answer({ error: 'after must be one of canceled, unpaid, past_due' }, 400)
    setAfterRetries(this.#engine, fate)
    return answer({ after: fate })
  }

  #reset(): Response {
    this.#engine.store.clear()
    this.#prepare()
    return answer(this.#state())
  }
}
