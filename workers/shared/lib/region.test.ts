import { expect, test } from 'vitest'
import { createIds, isId } from './ids.ts'
import { objectOf, type Objects } from './object-of.ts'
import { inRegion, regionOf } from './region.ts'

const createId = createIds(() => Date.UTC(2026, 10, 22))

test('an organization’s region is read off its id, and most have none', () => {
  const id = createId('organization')
  expect(regionOf(id)).toBeNull()
  expect(regionOf(inRegion(id, null))).toBeNull()
  expect(regionOf(inRegion(id, 'eu'))).toBe('eu')
  expect(regionOf(inRegion(id, 'us'))).toBe('us')
})

test('no id that was made without a region has one by chance, nor does one that was made up', () => {
  for (let at = 0; at < 2_000; at++) expect(regionOf(createId('organization'))).toBeNull()
  for (const id of ['org_test00000001', 'org_photoeu', 'org_', 'org_oeu', `${createId('organization')}xeu`])
    expect(regionOf(id)).toBeNull()
})

test('an id with a region is an id, and fits into an API key', () => {
  const id = inRegion(createId('organization'), 'eu')
  expect(isId('organization', id)).toBe(true)
  const key = `rq_${id.slice(4)}_${createId('key').slice(4)}_${'s'.repeat(32)}`
  const [, bare] = /^rq_([0-9a-z]{8,64})_([0-9a-z]{8,64})_[0-9A-Za-z]{16,128}$/.exec(key)!
  expect(regionOf(`org_${bare}`)).toBe('eu')
})

const namespace: Objects<string> = {
  getByName: (name) => `anywhere/${name}`,
  jurisdiction: (region) => ({ getByName: (name) => `${region}/${name}` }),
}
const eu = inRegion(createId('organization'), 'eu')
const settings = { JURISDICTIONS: 'on' }

test('an object is asked for in its organization’s region, by its own name', () => {
  expect(objectOf(namespace, { organizationId: eu, settings })).toBe(`eu/${eu}`)
  expect(objectOf(namespace, { organizationId: eu, name: 'conv_1', settings })).toBe('eu/conv_1')
  expect(objectOf(namespace, { organizationId: 'org_test00000001', settings })).toBe('anywhere/org_test00000001')
})

test('what is bound to a region is not looked for elsewhere where there are none', () => {
  expect(() => objectOf(namespace, { organizationId: eu, settings: {} })).toThrow('region eu')
  const { getByName } = namespace
  expect(() => objectOf({ getByName }, { organizationId: eu, settings })).toThrow('region eu')
})
