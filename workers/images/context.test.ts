import { expect, test } from 'vitest'
import { noPolicy, type PolicySnapshot } from '#shared/contracts/policy'
import type { OpenedProviderKey } from '#shared/contracts/vault'
import { isOwn } from '#shared/providers/own-keys'
import { createCollaborators } from './context.ts'
import type { ImagesEnv } from './env.ts'
import { createImagesWorld, organizationId, painter, painting } from './testing.ts'

const own: OpenedProviderKey = { vendor: 'openai', keyId: 'pky_1', apiKey: 'sk-own' }
const snapshot: PolicySnapshot = { ...noPolicy, version: 1, providerKeys: [{ vendor: 'openai', keyId: 'pky_1' }] }

const env = (settings: Partial<ImagesEnv> = {}) =>
  ({
    SANDBOX: 'off',
    VAULT_RPC: { providerKeysOf: async () => [own], markUsed: async () => {} },
    ...settings,
  }) as unknown as ImagesEnv

const first = (models: readonly { vendor: string }[]) => models.find(({ vendor }) => vendor === 'openai')

test('an organization’s own key opens its vendor’s pictures, at no price of ours', async () => {
  const { registriesOf } = createCollaborators()
  const settings = env()
  const ofOthers = await registriesOf(settings, organizationId, noPolicy)
  expect(first(ofOthers.images.list())).toBeUndefined()
  const { images } = await registriesOf(settings, organizationId, snapshot)
  const { model, ownKey } = images.resolve(images.list().find(({ vendor }) => vendor === 'openai')!.id)
  expect([isOwn(model), ownKey]).toEqual([true, true])
})

test('while the vault cannot be asked, nothing is called with the platform’s key instead', async () => {
  const { registriesOf } = createCollaborators()
  const silent = env({ OPENAI_API_KEY: 'sk-platform' })
  silent.VAULT_RPC.providerKeysOf = () => Promise.reject(new Error('unreachable'))
  await expect(registriesOf(silent, organizationId, snapshot)).rejects.toMatchObject({ code: 'service_unavailable' })
})

test('a picture that costs nothing is made and written into the book with nothing', async () => {
  const free = painting()
  const catalog = {
    ...painter,
    image: { ...painter.image, pricing: { unit: 'images', rows: [{ price: 0 }] } as const },
  }
  const world = await createImagesWorld({ models: [{ ...free, catalog }], balanceMicros: 0 })
  expect((await world.ask('/v1/images/generations', { prompt: 'a fox' })).status).toBe(200)
  const { data } = await world.ledger.entries({ limit: 10 })
  expect(data.filter(({ kind }) => kind === 'charge').map(({ amountMicros }) => Math.abs(amountMicros))).toEqual([0])
})
