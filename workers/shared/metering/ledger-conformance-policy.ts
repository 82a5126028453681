import { expect, test } from 'vitest'
import { noPolicy } from '../contracts/policy.ts'
import type { CreateLedger } from './ledger-conformance.ts'
import { sampleAdmission, sampleKey, samplePayer } from './ledger-samples.ts'

export function policyConformance(create: CreateLedger): void {
  const funded = async () => {
    const world = await create()
    await world.ledger.grant({ id: 'signup', amountMicros: 1_000 })
    return world
  }

  test('an organization that never decided anything has the policy of version 0', async () => {
    const { ledger } = await create()
    expect(await ledger.policy()).toEqual(noPolicy)
  })

  test('setting a policy replaces what is named and counts the version up', async () => {
    const { ledger } = await create()
    const policy = { ...noPolicy.policy, zero_retention: true }
    expect(await ledger.setPolicy({ policy })).toEqual({ version: 1, policy, providerKeys: [] })
    const providerKeys = [{ vendor: 'openai', keyId: 'pky_1' }] as const
    expect(await ledger.setPolicy({ providerKeys: [...providerKeys] })).toEqual({ version: 2, policy, providerKeys })
    expect(await ledger.policy()).toEqual({ version: 2, policy, providerKeys })
  })

  test('of two who change the policy that they have read, the second is told and changes nothing', async () => {
    const { ledger } = await create()
    const policy = { ...noPolicy.policy, zero_retention: true }
    const [first, second] = await Promise.all([
      ledger.setPolicy({ policy, ifVersion: 0 }),
      ledger.setPolicy({ policy: { ...policy, response_retention_days: 1 }, ifVersion: 0 }),
    ])
    expect(first).toEqual({ version: 1, policy, providerKeys: [] })
    expect(second).toEqual({ version: 1, policy, providerKeys: [], conflict: true })
    expect(await ledger.policy()).toEqual({ version: 1, policy, providerKeys: [] })
  })

  test('who acted on an old policy is given the present one, and nothing is taken', async () => {
    const { ledger } = await funded()
    await ledger.createKey(sampleKey({ rateLimitRpm: 1 }))
    const snapshot = await ledger.setPolicy({ policy: { ...noPolicy.policy, zero_retention: true } })
    const ask = (policyVersion: number) => ledger.admit(sampleAdmission({ payer: samplePayer(), policyVersion }))
    expect(await ask(0)).toEqual({ ok: false, code: 'policy_changed', snapshot })
    expect(await ledger.balance()).toMatchObject({ heldMicros: 0 })
    expect(await ask(1)).toMatchObject({ ok: true, rateLimit: { remaining: 0 } })
    expect(await ledger.admit(sampleAdmission({ requestId: 'req_2' })), 'one that names no version').toMatchObject({
      ok: true,
    })
  })

  test('a member is told of a new policy as well, before any other refusal', async () => {
    const { ledger } = await funded()
    const payer = { kind: 'user', userId: 'usr_1', role: 'viewer' } as const
    expect(await ledger.admit(sampleAdmission({ payer, policyVersion: 3 }))).toMatchObject({ code: 'policy_changed' })
  })

  test('a stranger learns nothing of the policy', async () => {
    const { ledger } = await funded()
    await ledger.createKey(sampleKey())
    await ledger.setPolicy({})
    const payer = { kind: 'key', keyId: 'key_1', secretHash: 'b'.repeat(64) } as const
    expect(await ledger.admit(sampleAdmission({ payer, policyVersion: 0 }))).toEqual({
      ok: false,
      code: 'invalid_api_key',
      reason: 'unknown',
    })
  })

  test('a key that keeps its answers says for how long', async () => {
    const { ledger } = await funded()
    await ledger.createKey(sampleKey({ cacheSeconds: 600 }))
    expect(await ledger.admit(sampleAdmission({ payer: samplePayer() }))).toMatchObject({ keyCacheSeconds: 600 })
    await ledger.updateKey({ id: 'key_1', change: { cacheSeconds: null } })
    const admission = await ledger.admit(sampleAdmission({ requestId: 'req_2', payer: samplePayer() }))
    expect(admission.ok && admission.keyCacheSeconds).toBeFalsy()
  })

  test('erasing forgets the policy as well', async () => {
    const { ledger } = await funded()
    await ledger.setPolicy({})
    await ledger.erase()
    expect(await ledger.policy()).toEqual(noPolicy)
  })
}
