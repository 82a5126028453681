import fc from 'fast-check'
import { expect, test } from 'vitest'
import { renditions } from '#shared/contracts/library'
import { createSigner, type Grant } from './signer.ts'

const signer = createSigner('a key of the library for tests alone')
const other = createSigner('another key of another library, as long')
const NOW = 1_000

const id = fc.stringMatching(/^[a-z]{3}_[0-9a-z]{1,40}$/)
const grants: fc.Arbitrary<Grant> = fc.oneof(
  fc.record({
    kind: fc.constant('item' as const),
    organizationId: id,
    itemId: id,
    rendition: fc.constantFrom(...renditions),
    shareId: fc.option(id),
    expiresAt: fc.integer({ min: NOW + 1 }),
  }),
  fc.record({
    kind: fc.constant('archive' as const),
    organizationId: id,
    userId: id,
    itemIds: fc.array(id, { maxLength: 100 }),
    expiresAt: fc.integer({ min: NOW + 1 }),
  }),
  fc.record({
    kind: fc.constant('collection' as const),
    organizationId: id,
    userId: id,
    collectionId: id,
    expiresAt: fc.integer({ min: NOW + 1 }),
  }),
)

test('what was signed opens as it was, until it ends, and with its own key alone', async () => {
  await fc.assert(
    fc.asyncProperty(grants, async (grant) => {
      const token = await signer.sign(grant)
      expect(token).toMatch(/^[\w-]+\.[\w-]{43}$/)
      expect(await signer.open(token, NOW)).toEqual(grant)
      expect(await signer.open(token, grant.expiresAt)).toBeNull()
      expect(await other.open(token, NOW)).toBeNull()
    }),
    { numRuns: 40 },
  )
})

test('an address that was changed anywhere opens nothing', async () => {
  await fc.assert(
    fc.asyncProperty(grants, fc.nat(), fc.constantFrom('a', '_', '.', ''), async (grant, at, letter) => {
      const token = await signer.sign(grant)
      const place = at % token.length
      const changed = token.slice(0, place) + letter + token.slice(place + 1)
      if (changed !== token) expect(await signer.open(changed, NOW)).toBeNull()
    }),
    { numRuns: 100 },
  )
})

test('a share’s token is its own and nobody’s signature', async () => {
  const token = await signer.shareToken('shr_1')
  expect(token).toMatch(/^[\w-]{32}$/)
  expect(await signer.shareToken('shr_1')).toBe(token)
  expect(await signer.shareToken('shr_2')).not.toBe(token)
  expect(await other.shareToken('shr_1')).not.toBe(token)
  expect(await signer.open(`shr_1.${token}`, NOW)).toBeNull()
})

test('a key that is too short is no key', () => {
  expect(() => createSigner('short')).toThrow('LIBRARY_KEY')
})
