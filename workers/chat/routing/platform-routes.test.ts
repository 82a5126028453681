import { expect, test } from 'vitest'
import type { LanguageModels } from '#shared/providers/language-models'
import { readPlatformRoutes } from './platform-routes.ts'

const models = {
  resolve(id: string) {
    if (id !== 'openai/small') throw new Error('no such model')
    return {} as ReturnType<LanguageModels['resolve']>
  },
}
const read = (value: unknown) => readPlatformRoutes(typeof value === 'string' ? value : JSON.stringify(value), models)

test('an operator’s routes are read, with the defaults filled in', () => {
  const { routes, faults } = read([{ name: 'fast', targets: [{ model: 'openai/small' }] }])
  expect(faults).toEqual([])
  expect(routes.get('fast')).toEqual({
    name: 'fast',
    strategy: 'fallback',
    targets: [{ model: 'openai/small', weight: 1 }],
  })
  expect(readPlatformRoutes(undefined, models)).toMatchObject({ faults: [] })
})

test.each([
  ['{', 'MODEL_ROUTES is not valid JSON'],
  ['{}', 'MODEL_ROUTES must be a JSON list'],
])('what is no list offers nothing and is said: %s', (text, said) => {
  const { routes, faults } = read(text)
  expect(routes.size).toBe(0)
  expect(faults[0]).toContain(said)
})

test('one entry that is wrong leaves the others', () => {
  const good = { name: 'fast', targets: [{ model: 'openai/small' }] }
  const { routes, faults } = read([{ name: 'empty', targets: [] }, { ...good, sort: 1 }, good, good])
  expect([...routes.keys()]).toEqual(['fast'])
  expect(faults).toEqual([
    expect.stringContaining('entry 1, "targets"'),
    expect.stringContaining('entry 2, "sort": is not a setting'),
    expect.stringContaining('entry 4: "fast" is listed twice'),
  ])
})

test('a target that cannot be called is said, and the route stays', () => {
  const { routes, faults } = read([{ name: 'fast', targets: [{ model: 'gone/away' }, { model: 'openai/small' }] }])
  expect(routes.has('fast')).toBe(true)
  expect(faults).toEqual(['MODEL_ROUTES: "fast" names gone/away, which cannot be called here. It is passed over.'])
})
