import { expect, test } from 'vitest'
import type { Member } from '#shared/contracts/organizations'
import { noLimits } from './limit-form.ts'
import { memberRows, modelRows, modelsWithout, organizationLimits } from './limit-rows.ts'

const member = (user_id: string, name: string): Member => ({
  user_id,
  name,
  email: `${user_id}@example.com`,
  role: 'member',
  joined_at: 0,
  budget_micros: null,
  budget_period: null,
  spent_micros: null,
  resets_at: null,
})
const limited = (account: string) => ({ ...noLimits(account), rate_limit_rpm: 5 })
const models = [
  { id: 'openai/a', name: 'Model A' },
  { id: 'openai/b', name: 'Model B' },
]

test('every member is shown, those with limits first', () => {
  const rows = memberRows([member('usr_1', 'Amal'), member('usr_2', 'Badr')], [limited('member:usr_2')])
  expect(rows.map(({ name, limits }) => [name, limits.rate_limit_rpm])).toEqual([
    ['Badr', 5],
    ['Amal', null],
  ])
})

test('models that have limits are shown by name, one that left the catalogue by its id', () => {
  const limits = [limited('organization'), limited('model:openai/a'), limited('model:openai/gone')]
  expect(modelRows(limits, models).map(({ name, detail }) => [name, detail])).toEqual([
    ['Model A', 'openai/a'],
    ['openai/gone', null],
  ])
  expect(modelsWithout(limits, models).map(({ id }) => id)).toEqual(['openai/b'])
})

test('the organization has limits to show even where it has none', () => {
  expect(organizationLimits([])).toEqual(noLimits('organization'))
})
