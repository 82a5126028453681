// Where an organization's objects live: chosen when it is founded, and never after.
import { expect, test } from 'vitest'
import type { Region } from '#shared/lib/region'
import { regionOf } from '#shared/lib/region'
import type { AuthEnv } from './env.ts'
import { createTestAuth } from './testing.ts'

const CREATE = '/api/auth/organization/create'
const rihla = { name: 'Rihla', slug: 'rihla' }

/** A ledger namespace that notes in which region it was asked. */
function withRegions(settings: Partial<AuthEnv> = {}) {
  const asked: [Region | null, string][] = []
  const auth = createTestAuth({ JURISDICTIONS: 'on', ...settings })
  const plain = auth.env.LEDGER
  auth.env.LEDGER = {
    getByName(name) {
      asked.push([null, name])
      return plain.getByName(name)
    },
    jurisdiction: (region) => ({
      getByName(name) {
        asked.push([region, name])
        return plain.getByName(name)
      },
    }),
  }
  return { auth, asked }
}

test('an organization is bound to the region that its founder chose, and its ledger is asked there', async () => {
  const { auth, asked } = withRegions()
  const salma = await auth.signUp('Salma')
  const { body } = await salma.call(CREATE, { body: { ...rihla, metadata: { region: 'eu' } } })
  expect(regionOf(body.id)).toBe('eu')
  await salma.call('/api/auth/organization/set-active', { body: { organizationId: body.id } })
  expect((await salma.call('/api/organizations/current')).body).toMatchObject({ id: body.id, region: 'eu' })
  expect(asked.filter(([, name]) => name === body.id)).not.toEqual([])
  expect(asked.every(([region, name]) => region === (name === body.id ? 'eu' : null))).toBe(true)
})

test('without a choice it is bound to none, or where the operator binds everybody', async () => {
  const { auth } = withRegions()
  const salma = await auth.signUp('Salma')
  expect(regionOf((await salma.call(CREATE, { body: rihla })).body.id)).toBeNull()
  const { auth: bound } = withRegions({ DEFAULT_REGION: 'eu' })
  const omar = await bound.signUp('Omar')
  const principal = await omar.principal()
  expect(principal.kind === 'user' && regionOf(principal.organizationId)).toBe('eu')
  expect(regionOf((await omar.call(CREATE, { body: rihla })).body.id)).toBe('eu')
  const elsewhere = { ...rihla, slug: 'elsewhere', metadata: { region: null } }
  expect(regionOf((await omar.call(CREATE, { body: elsewhere })).body.id)).toBeNull()
})

test.each([
  ['mars', {}],
  ['eu', { JURISDICTIONS: 'off' }],
])('the region %s is refused where there is none such (%j)', async (region, settings) => {
  const { auth } = withRegions(settings)
  const salma = await auth.signUp('Salma')
  const answer = await salma.call(CREATE, { body: { ...rihla, metadata: { region } } })
  expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_ORGANIZATION_REGION' } })
})

test('an id cannot be chosen by who founds an organization', async () => {
  const salma = await createTestAuth().signUp('Salma')
  const { body } = await salma.call(CREATE, { body: { ...rihla, id: 'org_mine00000001', metadata: { id: 'org_x' } } })
  expect(body.id).not.toMatch(/mine|org_x/)
})

test.each([
  [{ DEFAULT_REGION: 'mars', JURISDICTIONS: 'on' }, 'not eu or us'],
  [{ DEFAULT_REGION: 'eu' }, 'needs JURISDICTIONS'],
])('settings that cannot be kept are found at once: %j', (settings, sentence) => {
  expect(() => createTestAuth(settings)).toThrow(sentence)
})
