import { expect, test } from 'vitest'
import { noPolicy, type PolicySnapshot } from '#shared/contracts/policy'
import { createLanguageModels, modelsFor } from '#shared/providers/language-models'
import { createOwnKeys } from '#shared/providers/own-keys'
import { createPolicyCache } from '#shared/policy/policy-cache'
import { findModel } from './find-model.ts'
import type { OwnRegistries } from './own-models.ts'

const never: typeof fetch = () => Promise.reject(new Error('nothing may be fetched'))
const settings = { SANDBOX: 'off', GROQ_API_KEY: 'platform' }
const own = createOwnKeys({ providerKeys: [{ vendor: 'openai', keyId: 'pky_1', apiKey: 'sk' }], fetch: never })
const withKey: PolicySnapshot = { ...noPolicy, version: 4, providerKeys: [{ vendor: 'openai', keyId: 'pky_1' }] }

function createWorld({ known, present }: { known: PolicySnapshot; present: PolicySnapshot | Error }) {
  const policies = createPolicyCache()
  policies.keep('org_a', known)
  let asked = 0
  const ctx = {
    organizationId: 'org_a',
    policies,
    models: createLanguageModels({ settings, fetch: never }),
    ownModels: async () => ({ language: modelsFor({ settings, own, fetch: never }) }) as OwnRegistries,
    ledger: {
      policy: async () => {
        asked++
        if (present instanceof Error) throw present
        return present
      },
    },
  }
  return { ctx, policies, asked: () => asked }
}

test('a model of the platform is found without asking anybody', async () => {
  const world = createWorld({ known: noPolicy, present: withKey })
  expect((await findModel('groq/llama-3.3-70b-versatile', world.ctx)).id).toBe('groq/llama-3.3-70b-versatile')
  expect(world.asked()).toBe(0)
})

test('a model that a key of one’s own opened since is found, and what was learnt is kept', async () => {
  const world = createWorld({ known: noPolicy, present: withKey })
  expect((await findModel('openai/gpt-6-luna', world.ctx)).price?.prices.output_tokens).toBe(0)
  expect((await findModel('openai/gpt-6-luna', world.ctx)).vendor).toBe('openai')
  expect(world.asked()).toBe(1)
  expect(world.policies.of('org_a').version).toBe(4)
})

test('a key that is deleted takes its models along', async () => {
  const world = createWorld({ known: { ...noPolicy, version: 5 }, present: { ...noPolicy, version: 5 } })
  await expect(findModel('openai/gpt-6-luna', world.ctx)).rejects.toMatchObject({ code: 'model_not_found' })
})

test('what there is not is not found, also while the ledger cannot be asked', async () => {
  const world = createWorld({ known: noPolicy, present: new Error('no ledger') })
  await expect(findModel('openai/gpt-6-luna', world.ctx)).rejects.toMatchObject({ code: 'model_not_found' })
})
