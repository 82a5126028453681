// What is asked of the platform: a list of requests from a seed, so that a run that finds something can be repeated.
import type { Order } from './provider.ts'

export type Kind =
  | 'whole'
  | 'stream'
  | 'leaves mid-stream'
  | 'leaves before a word'
  | 'provider fails'
  | 'provider fails, then works'
  | 'falls back to another model'
  | 'provider cuts'
  | 'slow'
  | 'no usage'
  | 'no usage, stream'
  | 'nonsense'
  | 'replayed'

export interface Asked {
  tag: string
  kind: Kind
  /** Which caller of the world's. */
  caller: number
  stream: boolean
  order: Order
  maxTokens: number
  /** The models that may answer, first the one that is asked. */
  models: string[]
  idempotencyKey?: string
  /** After how many words, or milliseconds, the client is gone. */
  leaveAfterWords?: number
  leaveAfterMs?: number
}

/** Mulberry32: small, seeded and good enough to choose by. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const shares: [Kind, number][] = [
  ['whole', 300],
  ['stream', 240],
  ['leaves mid-stream', 90],
  ['leaves before a word', 30],
  ['provider fails', 15],
  ['provider fails, then works', 30],
  ['falls back to another model', 35],
  ['provider cuts', 50],
  ['slow', 40],
  ['no usage', 40],
  ['no usage, stream', 40],
  ['nonsense', 10],
  ['replayed', 80],
]
const allShares = shares.reduce((sum, [, share]) => sum + share, 0)

export const FIRST = 'compatible/counting'
export const SECOND = 'compatible/dearer'
const bare = (model: string) => model.slice(model.indexOf('/') + 1)

function pickKind(random: () => number): Kind {
  let at = random() * allShares
  return shares.find(([, share]) => (at -= share) < 0)![0]
}

type Shape = Partial<Omit<Asked, 'order'>> & { order: Partial<Order> }

function shapeOf(kind: Kind, random: () => number): Shape {
  const some = (least: number, most: number) => least + Math.floor(random() * (most - least + 1))
  const coin = random() < 0.5
  switch (kind) {
    case 'whole':
      return { stream: false, order: {} }
    case 'stream':
      return { stream: true, order: coin ? { paceMs: some(1, 8) } : {} }
    case 'leaves mid-stream':
      return { stream: true, order: { tokens: some(60, 200), paceMs: some(4, 12) }, leaveAfterWords: some(1, 30) }
    case 'leaves before a word':
      return { stream: coin, order: { delayMs: 1_500 }, leaveAfterMs: some(150, 600) }
    case 'provider fails':
      return { stream: coin, order: { failTimes: 1_000 } }
    case 'provider fails, then works':
      return { stream: coin, order: { failTimes: 1 } }
    case 'falls back to another model':
      return { stream: coin, order: { failModel: bare(FIRST) }, models: [FIRST, SECOND] }
    case 'provider cuts':
      return { stream: true, order: { tokens: 60, cutAfter: some(0, 40), paceMs: some(0, 5) } }
    case 'slow':
      return { stream: coin, order: { delayMs: some(200, 2_000) } }
    case 'no usage':
      return { stream: false, order: { noUsage: true } }
    case 'no usage, stream':
      return { stream: true, order: { noUsage: true } }
    case 'nonsense':
      return { stream: coin, order: { nonsense: true } }
    case 'replayed':
      return { stream: coin, order: coin ? {} : { delayMs: some(0, 300) } }
  }
}

/** `requests` requests; those of kind `replayed` are each asked three times with one Idempotency-Key. */
export function planRequests({
  seed,
  requests,
  callers,
}: {
  seed: number
  requests: number
  callers: number
}): Asked[] {
  const random = createRandom(seed)
  const plan: Asked[] = []
  while (plan.length < requests) {
    const tag = `t${plan.length}`
    const kind = pickKind(random)
    const shape = shapeOf(kind, random)
    const tokens = shape.order.tokens ?? 2 + Math.floor(random() * 60)
    const asked: Asked = {
      stream: false,
      models: [random() < 0.2 ? SECOND : FIRST],
      ...shape,
      tag,
      kind,
      caller: Math.floor(random() * callers),
      maxTokens: tokens + Math.floor(random() * 100),
      order: { promptTokens: 5 + Math.floor(random() * 30), tokens, ...shape.order, tag },
    }
    if (kind !== 'replayed') plan.push(asked)
    else {
      const idempotencyKey = `audit-${seed}-${tag}`
      for (let again = 0; again < 3; again++) plan.push({ ...asked, idempotencyKey })
    }
  }
  return plan
}
