// Whether what was sent is an event of Stripe's, sent just now, of the account's mode that is used here. Checked on the
// bytes that came, before any of them is believed.
import Stripe from 'stripe'
import { z } from 'zod'
import type { MoneyContext } from '../sync/money-context.ts'
import { stripeEventTypes } from './generated/event-types.ts'

export const TOLERANCE_SECONDS = 300

/** Of an event that is told in full, and of one that only names its object. */
const Event = z.object({
  id: z.string().regex(/^[\w.-]{1,255}$/),
  object: z.enum(['event', 'v2.core.event']),
  type: z.string().regex(/^[\w.[\]-]{1,255}$/),
  created: z.union([z.number().int().nonnegative(), z.iso.datetime({ offset: true })]),
  livemode: z.boolean(),
  data: z
    .object({ object: z.looseObject({ id: z.string().max(255).optional() }) })
    .loose()
    .optional(),
  related_object: z.looseObject({ id: z.string().max(255) }).nullish(),
})

export interface VerifiedEvent {
  id: string
  type: string
  createdAt: number
  livemode: boolean
  objectId: string | null
  body: string
}

export type Refusal = 'no_secret' | 'no_signature' | 'old' | 'forged' | 'malformed' | 'unknown' | 'wrong_mode'

export type Verdict = { ok: true; event: VerifiedEvent } | { ok: false; reason: Refusal }

const refuse = (reason: Refusal): Verdict => ({ ok: false, reason })

/** Several while one is replaced by another. */
const secretsOf = ({ settings }: Pick<MoneyContext, 'settings'>): string[] =>
  (settings.stripe?.webhookSecret ?? '')
    .split(',')
    .map((secret) => secret.trim())
    .filter((secret) => secret !== '')

const crypto = Stripe.createSubtleCryptoProvider()

type Signed = { body: string; signature: string; secret: string; now: number }

async function isSigned({ body, signature, secret, now }: Signed, tolerance: number): Promise<boolean> {
  try {
    return await Stripe.webhooks.signature!.verifyHeaderAsync(body, signature, secret, tolerance, crypto, now)
  } catch {
    // Also where the SDK stumbles over it: a signature that is empty, for one.
    return false
  }
}

/** Null where one of our secrets signed it in time. */
async function refusalOf(body: string, signature: string, secrets: string[], now: number): Promise<Refusal | null> {
  for (const secret of secrets) if (await isSigned({ body, signature, secret, now }, TOLERANCE_SECONDS)) return null
  for (const secret of secrets) if (await isSigned({ body, signature, secret, now }, 0)) return 'old'
  return 'forged'
}

/** Types of Stripe's that we do nothing with are stored and left; what Stripe has not is not from Stripe. */
const isKnown = (type: string): boolean => stripeEventTypes.has(type) || type.startsWith('v1.billing.meter.')

function parse(body: string): z.infer<typeof Event> | null {
  try {
    const parsed = Event.safeParse(JSON.parse(body))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

export async function verifyEvent({
  bytes,
  signature,
  ctx,
}: {
  bytes: Uint8Array
  signature: string | undefined
  ctx: Pick<MoneyContext, 'settings' | 'clock'>
}): Promise<Verdict> {
  const secrets = secretsOf(ctx)
  if (secrets.length === 0) return refuse('no_secret')
  if (!signature) return refuse('no_signature')
  let body: string
  try {
    body = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return refuse('malformed')
  }
  const refusal = await refusalOf(body, signature, secrets, ctx.clock())
  if (refusal) return refuse(refusal)
  const event = parse(body)
  if (!event) return refuse('malformed')
  if (event.livemode === ctx.settings.testPayments) return refuse('wrong_mode')
  const { id, type, created, livemode } = event
  if (!isKnown(type)) return refuse('unknown')
  const createdAt = typeof created === 'number' ? created * 1_000 : Date.parse(created)
  const objectId = event.data?.object.id ?? event.related_object?.id ?? null
  return { ok: true, event: { id, type, createdAt, livemode, objectId, body } }
}
