import { expect, test } from 'vitest'
import type { CreateLedger } from './ledger-conformance.ts'
import { sampleAdmission, sampleKey, samplePayer } from './ledger-samples.ts'
import type { KeyRecord } from '../contracts/ledger.ts'

const secretHash = 'a'.repeat(64)

export function keysConformance(create: CreateLedger): void {
  const withKey = async (change: Partial<KeyRecord> = {}) => {
    const world = await create()
    await world.ledger.grant({ id: 'signup', amountMicros: 10_000 })
    await world.ledger.createKey(sampleKey(change))
    return world
  }
  const ask = (requestId: string) => sampleAdmission({ requestId, payer: samplePayer() })

  test('a key with the wrong secret is as unknown as a key that never was', async () => {
    const { ledger } = await withKey()
    const unknown = { ok: false, code: 'invalid_api_key', reason: 'unknown' }
    expect(await ledger.verifyKey({ keyId: 'key_1', secretHash: 'b'.repeat(64) })).toEqual(unknown)
    expect(await ledger.verifyKey({ keyId: 'key_none', secretHash })).toEqual(unknown)
    expect(
      await ledger.admit(sampleAdmission({ payer: { kind: 'key', keyId: 'key_1', secretHash: 'b'.repeat(64) } })),
    ).toEqual(unknown)
  })

  test('a good key says whose it is and what it may do', async () => {
    const { ledger, clock } = await withKey({ scopes: ['chat', 'usage'] })
    expect(await ledger.verifyKey({ keyId: 'key_1', secretHash })).toEqual({
      ok: true,
      keyId: 'key_1',
      userId: 'usr_1',
      scopes: ['chat', 'usage'],
      rateLimit: null,
    })
    expect((await ledger.keys({ limit: 1 })).data).toMatchObject([{ lastUsedAt: clock() }])
  })

  test('a revoked key is refused at once, everywhere', async () => {
    const { ledger, clock } = await withKey()
    expect(await ledger.revokeKey({ id: 'key_1' })).toMatchObject({ revokedAt: clock() })
    const revoked = { ok: false, code: 'invalid_api_key', reason: 'revoked' }
    expect(await ledger.verifyKey({ keyId: 'key_1', secretHash })).toEqual(revoked)
    expect(await ledger.admit(ask('req_1'))).toEqual(revoked)
    expect(await ledger.admit(sampleAdmission({ payer: { kind: 'verified-key', keyId: 'key_1' } }))).toEqual(revoked)
  })

  test('a key is refused from the millisecond it expires', async () => {
    const { ledger, clock } = await withKey()
    await ledger.updateKey({ id: 'key_1', change: { expiresAt: clock() + 1 } })
    expect(await ledger.admit(ask('req_1'))).toMatchObject({ ok: true })
    clock.advance(1)
    expect(await ledger.admit(ask('req_2'))).toEqual({ ok: false, code: 'invalid_api_key', reason: 'expired' })
  })

  test('a key does only what its scopes say, with the models it names', async () => {
    const { ledger } = await withKey({ scopes: ['usage'], models: ['openai/gpt-sample'] })
    expect(await ledger.admit(ask('req_1'))).toEqual({ ok: false, code: 'permission_denied', scope: 'chat' })
    await ledger.updateKey({ id: 'key_1', change: { scopes: ['chat'] } })
    expect(await ledger.admit({ ...ask('req_2'), model: 'openai/other' })).toEqual({
      ok: false,
      code: 'model_not_allowed',
      model: 'openai/other',
    })
    expect(await ledger.admit(ask('req_3'))).toMatchObject({ ok: true })
  })

  test('a key is limited per minute, evenly refilled', async () => {
    const { ledger, clock } = await withKey({ rateLimitRpm: 2 })
    expect(await ledger.admit(ask('req_1'))).toMatchObject({
      rateLimit: { name: 'key', limit: 2, remaining: 1, resetSeconds: 30, windowSeconds: 60 },
    })
    await ledger.admit(ask('req_2'))
    expect(await ledger.admit(ask('req_3'))).toEqual({
      ok: false,
      code: 'rate_limit_exceeded',
      rateLimit: { name: 'key', limit: 2, remaining: 0, resetSeconds: 60, windowSeconds: 60 },
      retryAfterSeconds: 30,
    })
    clock.advance(30_000)
    expect(await ledger.admit(ask('req_4'))).toMatchObject({ ok: true })
  })

  test('the limit of the key and of the organization are checked both and taken both', async () => {
    const { ledger } = await withKey({ rateLimitRpm: 1 })
    await ledger.setRateLimit({ requestsPerMinute: 2 })
    expect(await ledger.admit(ask('req_1'))).toMatchObject({ rateLimit: { name: 'key', remaining: 0 } })
    expect(await ledger.admit(ask('req_2'))).toMatchObject({ code: 'rate_limit_exceeded', rateLimit: { name: 'key' } })
    // The refusal by the key's limit has taken nothing of the organization's.
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_3' }))).toMatchObject({
      ok: true,
      rateLimit: { name: 'organization', remaining: 0 },
    })
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_4' }))).toMatchObject({
      code: 'rate_limit_exceeded',
      rateLimit: { name: 'organization' },
    })
  })

  test('a key that opened an /api route was counted there, not again when that route pays', async () => {
    const { ledger } = await withKey({ rateLimitRpm: 1 })
    expect(await ledger.verifyKey({ keyId: 'key_1', secretHash })).toMatchObject({
      ok: true,
      rateLimit: { name: 'key', remaining: 0 },
    })
    expect(await ledger.admit(sampleAdmission({ payer: { kind: 'verified-key', keyId: 'key_1' } }))).toMatchObject({
      ok: true,
      keyUserId: 'usr_1',
    })
    expect(await ledger.verifyKey({ keyId: 'key_1', secretHash })).toMatchObject({
      code: 'rate_limit_exceeded',
      retryAfterSeconds: 60,
    })
  })

  test('an answer that is given again counts as a request; waiting for it does not', async () => {
    const { ledger } = await withKey({ rateLimitRpm: 2 })
    const idempotency = { key: 'order-1', fingerprint: 'f1' }
    await ledger.admit({ ...ask('req_1'), idempotency })
    expect(await ledger.admit({ ...ask('req_2'), idempotency })).toMatchObject({ code: 'idempotency_in_progress' })
    await ledger.settle({
      requestId: 'req_1',
      amountMicros: 1,
      usage: {},
      price: {},
      estimated: false,
      answerKept: true,
    })
    expect(await ledger.admit({ ...ask('req_2'), idempotency })).toMatchObject({ code: 'replay' })
    expect(await ledger.admit({ ...ask('req_3'), idempotency })).toMatchObject({ code: 'rate_limit_exceeded' })
  })

  test('keys are listed newest first, page by page, for one member or all', async () => {
    const { ledger } = await withKey()
    await ledger.createKey(sampleKey({ id: 'key_2', userId: 'usr_2' }))
    await ledger.createKey(sampleKey({ id: 'key_3' }))
    const first = await ledger.keys({ limit: 2 })
    expect(first.data.map((key) => key.id)).toEqual(['key_3', 'key_2'])
    const second = await ledger.keys({ limit: 2, cursor: first.nextCursor! })
    expect(second).toMatchObject({ data: [{ id: 'key_1' }], nextCursor: null })
    expect((await ledger.keys({ limit: 5, userId: 'usr_2' })).data.map((key) => key.id)).toEqual(['key_2'])
  })

  test("a member's hand does not reach another member's key", async () => {
    const { ledger } = await withKey()
    expect(await ledger.updateKey({ id: 'key_1', userId: 'usr_2', change: { name: 'Mine now' } })).toBeNull()
    expect(await ledger.revokeKey({ id: 'key_1', userId: 'usr_2' })).toBeNull()
    expect(await ledger.revokeKey({ id: 'key_none' })).toBeNull()
    expect(await ledger.updateKey({ id: 'key_1', userId: 'usr_1', change: { name: 'Renamed' } })).toMatchObject({
      name: 'Renamed',
      revokedAt: null,
    })
  })

  test('making a key again does not bring a revoked one back', async () => {
    const { ledger } = await withKey()
    await ledger.revokeKey({ id: 'key_1' })
    await ledger.createKey(sampleKey())
    expect(await ledger.verifyKey({ keyId: 'key_1', secretHash })).toMatchObject({ reason: 'revoked' })
  })

  test('a member who leaves takes every key along', async () => {
    const { ledger } = await withKey()
    await ledger.createKey(sampleKey({ id: 'key_2', userId: 'usr_2' }))
    expect(await ledger.revokeKeysOf({ userId: 'usr_1' })).toBe(1)
    expect(await ledger.revokeKeysOf({ userId: 'usr_1' })).toBe(0)
    expect(await ledger.verifyKey({ keyId: 'key_2', secretHash })).toMatchObject({ ok: true })
  })
}
