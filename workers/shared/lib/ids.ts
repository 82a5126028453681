// Ids read `<prefix>_<time><order><random>`: sortable by creation, also within one millisecond of one isolate;
// letters and digits only, so that an id can be part of an API key or an object name without escaping. The order
// begins anywhere in its lower half each millisecond: 79 bits are random in an id that is alone in its own.

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

export const idPrefixes = {
  organization: 'org',
  user: 'usr',
  member: 'mem',
  invitation: 'inv',
  session: 'ses',
  key: 'key',
  request: 'req',
  entry: 'ent',
  conversation: 'conv',
  message: 'msg',
  audit: 'aud',
  account: 'acc',
  verification: 'ver',
  twoFactor: 'tfa',
  event: 'evt',
  endpoint: 'whe',
  delivery: 'whd',
  providerKey: 'pky',
  requestLog: 'log',
  topUp: 'top',
  discrepancy: 'dis',
  reconciliation: 'rec',
  job: 'job',
  item: 'itm',
  collection: 'col',
  share: 'shr',
} as const

export type IdKind = keyof typeof idPrefixes

export type CreateId = (kind: IdKind) => string

// One call for many ids: asking the runtime for a few bytes costs as much as asking for a page of them.
const POOL_BYTES = 2048
let pool = new Uint8Array(0)
let used = 0

function nextByte(): number {
  if (used >= pool.length) {
    pool = crypto.getRandomValues(new Uint8Array(POOL_BYTES))
    used = 0
  }
  const byte = pool[used]!
  // A byte is used once; nothing that was part of a secret stays behind.
  pool[used++] = 0
  return byte
}

export function randomText(length: number, alphabet = ALPHABET): string {
  // Rejection sampling: every character is equally likely whatever the alphabet's size.
  const limit = 256 - (256 % alphabet.length)
  let text = ''
  while (text.length < length) {
    const byte = nextByte()
    if (byte < limit) text += alphabet[byte % alphabet.length]
  }
  return text
}

function numberText(value: number, length: number): string {
  let text = ''
  for (let rest = value, position = 0; position < length; position++) {
    text = ALPHABET[rest % 32] + text
    rest = Math.floor(rest / 32)
  }
  return text
}

const ORDERS = 32 ** 4
let latestAt = -1
let latestOrder = 0

function orderAt(at: number): number {
  const next = latestOrder + 1
  latestOrder =
    at === latestAt && next < ORDERS ? next : ((nextByte() << 16) | (nextByte() << 8) | nextByte()) % (ORDERS / 2)
  latestAt = at
  return latestOrder
}

export function createIds(now: () => number = () => Date.now()): CreateId {
  return (kind) => {
    const at = now()
    return `${idPrefixes[kind]}_${numberText(at, 9)}${numberText(orderAt(at), 4)}${randomText(12)}`
  }
}

/** `org_01k2…` → `01k2…`, the part that can stand inside an API key. */
export const bareId = (id: string): string => id.slice(id.indexOf('_') + 1)

export const isId = (kind: IdKind, value: string): boolean =>
  new RegExp(`^${idPrefixes[kind]}_[0-9a-z]{8,64}$`).test(value)
