import { expect, test } from 'vitest'
import type { Principal } from '../contracts/principal.ts'
import { openPrincipal, sealPrincipal } from './principal.ts'

const principal: Principal = { kind: 'key-claim', organizationId: 'org_a', keyId: 'key_a', secretHash: 'ab' }
const secret = 'a principal key for tests only, 32 bytes or more'
const at = Date.UTC(2026, 0, 1, 12, 0, 30)

test('a seal opens to the principal it was made of, again and again', async () => {
  const sealed = await sealPrincipal({ principal, at }, secret)
  expect(await openPrincipal(sealed, { secret, now: at })).toEqual(principal)
  expect(await openPrincipal(sealed, { secret, now: at + 60_000 })).toEqual(principal)
})

test('a seal of another platform, an altered one and none at all open nothing', async () => {
  const sealed = await sealPrincipal({ principal, at }, secret)
  const [payload, signature] = sealed.split('.') as [string, string]
  const other = btoa(JSON.stringify({ principal: { ...principal, organizationId: 'org_b' }, at }))
  const openings = [null, '', 'x', `${other}.${signature}`, `${payload}.${signature}.x`, `${payload}.`, `.${signature}`]
  for (const header of openings) expect(await openPrincipal(header, { secret, now: at })).toBeNull()
  expect(await openPrincipal(await sealPrincipal({ principal, at }, 'another secret'), { secret, now: at })).toBeNull()
})

test('an old seal opens nothing, even one that has been read before', async () => {
  const sealed = await sealPrincipal({ principal, at }, secret)
  expect(await openPrincipal(sealed, { secret, now: at })).toEqual(principal)
  expect(await openPrincipal(sealed, { secret, now: at + 6 * 60_000 })).toBeNull()
})

test('two callers never share a seal', async () => {
  const second: Principal = { ...principal, keyId: 'key_b' }
  const seals = [await sealPrincipal({ principal, at }, secret), await sealPrincipal({ principal: second, at }, secret)]
  expect(new Set(seals).size).toBe(2)
  expect(await openPrincipal(seals[1]!, { secret, now: at })).toEqual(second)
})
