import { expect, test } from 'vitest'
import { createSeal, type SealedFor } from './seal.ts'

const secret = 'the vault’s key in a test, 32 bytes or more'
const former = 'the vault’s key before that, 32 bytes or more'
const owner: SealedFor = { organizationId: 'org_a', vendor: 'openai', keyId: 'pky_1', baseURL: null }
const apiKey = 'sk-own-0123456789'
const seal = createSeal({ secret })

test('what was sealed can be opened again', async () => {
  expect(await seal.open(await seal.seal(apiKey, owner), owner)).toEqual({ text: apiKey, stale: false })
})

test('nothing of a key can be read in what is kept, and the same key never looks the same', async () => {
  const [one, two] = await Promise.all([seal.seal(apiKey, owner), seal.seal(apiKey, owner)])
  expect(one).not.toContain(apiKey)
  expect(atob(one.split('.')[3]!.replaceAll('-', '+').replaceAll('_', '/'))).not.toContain('sk-own')
  expect(one).not.toBe(two)
  const ivs = await Promise.all(Array.from({ length: 50 }, async () => (await seal.seal(apiKey, owner)).split('.')[2]))
  expect(new Set(ivs).size).toBe(50)
})

test.each<[string, Partial<SealedFor>]>([
  ['another organization', { organizationId: 'org_b' }],
  ['another vendor', { vendor: 'anthropic' }],
  ['another key', { keyId: 'pky_2' }],
  ['another address', { baseURL: 'https://thief.example/v1' }],
  ['fields that read the same when they are joined', { organizationId: 'org_a","openai', vendor: '' }],
])('a row that was moved to %s does not open', async (_name, change) => {
  const sealed = await seal.seal(apiKey, owner)
  expect(await seal.open(sealed, { ...owner, ...change })).toBeNull()
})

test('what was altered anywhere does not open', async () => {
  const sealed = await seal.seal(apiKey, owner)
  for (let at = 0; at < sealed.length - 1; at++) {
    const other = sealed[at] === 'A' ? 'B' : 'A'
    expect(await seal.open(`${sealed.slice(0, at)}${other}${sealed.slice(at + 1)}`, owner)).toBeNull()
  }
})

test.each(['', '.', 'v1', 'v1.x.y', 'v1.x.y.z', 'v0.a.b.c', 'v1.a.b.c.d', '💣.💣.💣.💣', 'null'])(
  '“%s” is nothing that opens, and no fault',
  async (sealed) => {
    expect(await seal.open(sealed, owner)).toBeNull()
  },
)

test('after a rotation both open, and the old one is known to be old', async () => {
  const before = createSeal({ secret: former })
  const after = createSeal({ secret, former })
  const old = await before.seal(apiKey, owner)
  expect(await after.open(old, owner)).toEqual({ text: apiKey, stale: true })
  const renewed = await after.seal(apiKey, owner)
  expect(await after.open(renewed, owner)).toEqual({ text: apiKey, stale: false })
  expect(await before.open(renewed, owner)).toBeNull()
})

test('once the former key is gone, what it sealed is lost', async () => {
  const old = await createSeal({ secret: former }).seal(apiKey, owner)
  expect(await seal.open(old, owner)).toBeNull()
})

test.each([undefined, '', 'too short a secret'])('a vault with “%s” for a key does not open at all', (each) => {
  expect(() => createSeal({ secret: each })).toThrow('VAULT_KEY must be set')
})

test('a secret of any length and alphabet is sealed whole', async () => {
  for (const text of ['a', 'ا'.repeat(900), '\uFEFFkey', 'x'.repeat(1_000)])
    expect((await seal.open(await seal.seal(text, owner), owner))?.text).toBe(text)
})
