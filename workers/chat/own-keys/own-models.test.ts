import { expect, test } from 'vitest'
import { noPolicy, type PolicySnapshot } from '#shared/contracts/policy'
import type { OpenedProviderKey } from '#shared/contracts/vault'
import { createTestClock } from '#shared/lib/clock'
import { createOwnModels, type OwnModelsEnv, type OwnRegistries } from './own-models.ts'

const openai = (keyId: string): OpenedProviderKey => ({ vendor: 'openai', keyId, apiKey: `sk-${keyId}` })

function createVault(keys: Record<string, OpenedProviderKey[]>) {
  const asked: string[] = []
  const used: string[] = []
  const env = {
    SANDBOX: 'off',
    VAULT_RPC: {
      async providerKeysOf({ organizationId }: { organizationId: string }) {
        asked.push(organizationId)
        return keys[organizationId] ?? []
      },
      markUsed: async ({ organizationId, keyId }: { organizationId: string; keyId: string }) =>
        void used.push(`${organizationId} ${keyId}`),
    },
  } satisfies OwnModelsEnv
  return { env, keys, asked, used }
}

const snapshot = (version: number, keyIds: string[] = ['pky_1']): PolicySnapshot => ({
  ...noPolicy,
  version,
  providerKeys: keyIds.map((keyId) => ({ vendor: 'openai', keyId })),
})

const answers: typeof fetch = async () => new Response('{}')
const clock = createTestClock()
const idOf = ({ language }: OwnRegistries) => {
  try {
    return language.resolve('openai/gpt-6-luna').ownKeyId
  } catch {
    return undefined
  }
}

test('the vault is asked once for each version of the policy', async () => {
  const vault = createVault({ org_a: [openai('pky_1')] })
  const ownModels = createOwnModels({ clock, fetch: answers })
  const first = await ownModels(vault.env, 'org_a', snapshot(1))
  expect(await ownModels(vault.env, 'org_a', snapshot(1))).toBe(first)
  expect(vault.asked).toHaveLength(1)
  vault.keys['org_a'] = [openai('pky_2')]
  expect(idOf(await ownModels(vault.env, 'org_a', snapshot(2, ['pky_2'])))).toBe('pky_2')
  expect(vault.asked).toHaveLength(2)
})

test('one organization is never served with another’s key', async () => {
  const vault = createVault({ org_a: [openai('pky_a')], org_b: [openai('pky_b')] })
  const ownModels = createOwnModels({ clock, fetch: answers })
  const [a, b] = await Promise.all([
    ownModels(vault.env, 'org_a', snapshot(1, ['pky_a'])),
    ownModels(vault.env, 'org_b', snapshot(1, ['pky_b'])),
  ])
  expect([idOf(a), idOf(b)]).toEqual(['pky_a', 'pky_b'])
  expect(idOf(await ownModels(vault.env, 'org_a', snapshot(1, ['pky_a'])))).toBe('pky_a')
})

test('what was kept is asked for again after a while', async () => {
  const time = createTestClock()
  const vault = createVault({ org_a: [] })
  const ownModels = createOwnModels({ clock: time, fetch: answers })
  expect(idOf(await ownModels(vault.env, 'org_a', snapshot(1)))).toBeUndefined()
  vault.keys['org_a'] = [openai('pky_1')]
  time.advance(5 * 60_000)
  expect(idOf(await ownModels(vault.env, 'org_a', snapshot(1)))).toBe('pky_1')
})

test('an isolate keeps the keys of so many organizations and no more', async () => {
  const vault = createVault({})
  const ownModels = createOwnModels({ clock, fetch: answers })
  for (let at = 0; at < 51; at++) await ownModels(vault.env, `org_${at}`, snapshot(1))
  await ownModels(vault.env, 'org_50', snapshot(1))
  expect(vault.asked).toHaveLength(51)
  await ownModels(vault.env, 'org_0', snapshot(1))
  expect(vault.asked).toHaveLength(52)
})

test('without the vault nothing is called, with anybody’s key', async () => {
  const vault = createVault({})
  vault.env.VAULT_RPC.providerKeysOf = () => Promise.reject(new Error('sk-in-a-message'))
  const ownModels = createOwnModels({ clock, fetch: answers })
  const error = await ownModels({ ...vault.env, OPENAI_API_KEY: 'platform' }, 'org_a', snapshot(1)).catch((e) => e)
  expect(error).toMatchObject({ code: 'service_unavailable' })
  expect(JSON.stringify(error.details)).not.toContain('sk-in-a-message')
})

test('that a key is used is said once a minute', async () => {
  const time = createTestClock()
  const vault = createVault({ org_a: [openai('pky_1')] })
  const ownModels = createOwnModels({ clock: time, fetch: answers })
  const models = await ownModels(vault.env, 'org_a', snapshot(1))
  const call = () =>
    models.language.resolve('openai/gpt-6-luna').language.native!.send({}, { signal: new AbortController().signal })
  await call()
  await call()
  expect(vault.used).toEqual(['org_a pky_1'])
  time.advance(60_000)
  await call()
  expect(vault.used).toEqual(['org_a pky_1', 'org_a pky_1'])
})

test('every kind of model is called with it, and each registry is made once', async () => {
  const vault = createVault({ org_a: [openai('pky_1')] })
  const registries = await createOwnModels({ clock, fetch: answers })(vault.env, 'org_a', snapshot(1))
  expect(registries.language).toBe(registries.language)
  expect(registries.embeddings.resolve('openai/text-embedding-3-small').ownKey).toBe(true)
  expect(registries.moderations.resolve(null).ownKey).toBe(true)
})
