import { expect, test } from 'vitest'
import { parseRateLimit } from './rate-limit-setting.ts'

const standard = { limit: 10, windowSeconds: 60 }

test.each([
  [undefined, standard],
  ['', standard],
  ['30/3600', { limit: 30, windowSeconds: 3600 }],
  [' 30/3600 ', { limit: 30, windowSeconds: 3600 }],
  ['off', null],
  ['OFF', null],
  ['0/60', standard],
  ['10/0', standard],
  ['ten', standard],
  ['-1/60', standard],
])('%j means %j', (setting, expected) => {
  expect(parseRateLimit(setting, standard)).toEqual(expected)
})
