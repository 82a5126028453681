// Ids read `<prefix>_<time><random>`: sortable by creation, 80 random bits, letters and digits only,
// so that an id can be part of an API key or an object name without escaping.

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

function timeText(at: number): string {
  let text = ''
  for (let rest = at, position = 0; position < 9; position++) {
    text = ALPHABET[rest % 32] + text
    rest = Math.floor(rest / 32)
  }
  return text
}

export function createIds(now: () => number = () => Date.now()): CreateId {
  return (kind) => `${idPrefixes[kind]}_${timeText(now())}${randomText(16)}`
}

/** `org_01k2…` → `01k2…`, the part that can stand inside an API key. */
export const bareId = (id: string): string => id.slice(id.indexOf('_') + 1)

export const isId = (kind: IdKind, value: string): boolean =>
  new RegExp(`^${idPrefixes[kind]}_[0-9a-z]{8,64}$`).test(value)
