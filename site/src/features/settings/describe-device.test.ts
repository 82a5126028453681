import { expect, test } from 'vitest'
import { describeDevice } from './describe-device.ts'

const agents = [
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36 Edg/156.0',
    'Edge',
    'Windows',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0', 'Firefox', 'Linux'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile Safari/604.1',
    'Safari',
    'iPhone',
  ],
  [
    'Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Mobile Safari/537.36',
    'Chrome',
    'Android',
  ],
] as const

test.each(agents)('%s is recognised', (agent, browser, system) => {
  expect(describeDevice(agent)).toEqual({ browser, system })
})

test.each(['curl/8.0', '', null])('%j is not guessed', (agent) => {
  expect(describeDevice(agent)).toBeNull()
})
