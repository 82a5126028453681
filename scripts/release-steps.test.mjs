import { expect, test } from 'vitest'
import { readConfig, workers } from './lib/project.mjs'
import { releaseSteps, withoutServices } from './lib/release-steps.mjs'

const config = (...services) => ({ services: services.map((service) => ({ binding: service.toUpperCase(), service })) })
const scripts = [
  { script: 'auth', config: config('billing') },
  { script: 'billing', config: config('auth') },
  { script: 'gateway', config: config('auth', 'billing') },
]

test('of two that call each other the first is released without the other, and again when that is there', async () => {
  expect(await releaseSteps(scripts, async () => false)).toEqual([
    { script: 'auth', without: ['billing'] },
    { script: 'billing', without: [] },
    { script: 'gateway', without: [] },
    { script: 'auth', without: [] },
  ])
})

test('where everything was released before, each is released once', async () => {
  expect((await releaseSteps(scripts, async () => true)).map(({ script }) => script)).toEqual([
    'auth',
    'billing',
    'gateway',
  ])
})

test('a Worker that is left out is left out of the config, and nothing else is', () => {
  expect(withoutServices({ name: 'auth', ...config('billing', 'chat') }, ['billing'])).toEqual({
    name: 'auth',
    ...config('chat'),
  })
  expect(withoutServices({ name: 'vault' }, [])).toEqual({ name: 'vault', services: [] })
})

test('in this house nobody is released more than twice, and whatever is called is there by then', async () => {
  const house = workers.map((worker) => ({ script: readConfig(worker).name, config: readConfig(worker) }))
  const released = new Set()
  for (const { script, without } of await releaseSteps(house, async () => false)) {
    const { services = [] } = withoutServices(house.find((each) => each.script === script).config, without)
    for (const { service } of services)
      expect(released.has(service) || service === script, `${script} → ${service}`).toBe(true)
    released.add(script)
  }
  expect(released.size).toBe(workers.length)
})
