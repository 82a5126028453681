import { expect, test } from 'vitest'
import type { CatalogModel } from '#shared/contracts/model'
import { OrganizationPolicy, type ModelRoute } from '#shared/contracts/policy'
import { Problem } from '#shared/http/problems'
import type { LanguageModels } from '#shared/providers/language-models'
import { sayingModel, words } from '../testing.ts'
import type { RoutingChoice } from './choice.ts'
import { planCandidates } from './plan.ts'

const language = sayingModel([]).model
const model = (id: string, vendor: CatalogModel['vendor'], more: Partial<CatalogModel> = {}): CatalogModel => ({
  ...words,
  id,
  vendor,
  upstream: id.slice(id.indexOf('/') + 1),
  ...more,
})
const all = [
  model('openai/small', 'openai'),
  model('openai/large', 'openai'),
  model('groq/llama', 'groq'),
  model('xai/llama', 'xai'),
  model('compatible/free', 'compatible', { price: null }),
]
const named = (name: string) =>
  all.filter(({ upstream }) => upstream === name).map((each) => ({ model: each, language }))
const models: LanguageModels = {
  faults: [],
  list: () => all,
  named,
  resolve(id) {
    const exact = all.find((each) => each.id === id)
    const found = exact ? [{ model: exact, language }] : named(id)
    if (found.length === 1) return found[0]!
    throw new Problem(found.length > 1 ? 'invalid_request' : 'model_not_found', `not ${id}`, { param: 'model' })
  },
}
const choice = (more: Partial<RoutingChoice>): RoutingChoice => ({
  models: [],
  order: null,
  only: null,
  ignore: null,
  allowFallbacks: true,
  ...more,
})

function plan(
  asked: string,
  {
    choice: chosen = null,
    policy = {},
    routes = [],
    random = () => 0,
  }: { choice?: RoutingChoice | null; policy?: object; routes?: ModelRoute[]; random?: () => number } = {},
) {
  const { candidates, warnings, routed } = planCandidates({
    asked,
    choice: chosen,
    policy: OrganizationPolicy.parse(policy),
    platformRoutes: new Map(routes.map((route) => [route.name, route])),
    models,
    random,
  })
  return { ids: candidates.map((candidate) => candidate.model.id), warnings, routed }
}

const codeOf = (act: () => unknown): string => {
  try {
    act()
    return 'planned'
  } catch (error) {
    return (error as Problem).code
  }
}

test('one name is one model, and the answer says what was asked for', () => {
  expect(plan('openai/small')).toEqual({ ids: ['openai/small'], warnings: [], routed: false })
})

test('several names are tried in their order, each once', () => {
  const asked = choice({ models: ['openai/large', 'groq/llama', 'large'] })
  expect(plan('openai/large', { choice: asked })).toMatchObject({ ids: ['openai/large', 'groq/llama'], routed: true })
})

test('a name that leads nowhere is said beside others that do, and refused by itself', () => {
  const { ids, warnings } = plan('openai/small', { choice: choice({ models: ['nobody/knows', 'openai/small'] }) })
  expect(ids).toEqual(['openai/small'])
  expect(warnings).toEqual(['nobody/knows: not nobody/knows'])
  expect(codeOf(() => plan('nobody/knows'))).toBe('model_not_found')
  expect(codeOf(() => plan('compatible/free'))).toBe('model_not_priced')
})

test('a bare name of several vendors is ambiguous until the request says whom it wants first', () => {
  expect(codeOf(() => plan('llama'))).toBe('invalid_request')
  expect(plan('llama', { choice: choice({ models: ['llama'], order: ['xai'] }) }).ids).toEqual([
    'xai/llama',
    'groq/llama',
  ])
  expect(plan('llama', { choice: choice({ models: ['llama'], ignore: ['xai'] }) }).ids).toEqual(['groq/llama'])
})

test('vendors that are not wanted are left out, and nobody but the first is asked where that is wanted', () => {
  const asked = choice({ models: ['openai/small', 'groq/llama', 'xai/llama'] })
  expect(plan('openai/small', { choice: { ...asked, only: ['groq', 'xai'] } }).ids).toEqual(['groq/llama', 'xai/llama'])
  expect(plan('openai/small', { choice: { ...asked, allowFallbacks: false } }).ids).toEqual(['openai/small'])
  expect(codeOf(() => plan('openai/small', { choice: choice({ models: ['openai/small'], only: ['xai'] }) }))).toBe(
    'invalid_request',
  )
})

const fast: ModelRoute = {
  name: 'fast',
  strategy: 'fallback',
  targets: [
    { model: 'groq/llama', weight: 1 },
    { model: 'openai/small', weight: 3 },
  ],
}

test('a route is its targets, the organization’s before the platform’s', () => {
  expect(plan('fast', { routes: [fast] })).toMatchObject({ ids: ['groq/llama', 'openai/small'], routed: true })
  const own = { routes: [{ name: 'fast', targets: [{ model: 'openai/large' }] }] }
  expect(plan('fast', { routes: [fast], policy: own }).ids).toEqual(['openai/large'])
})

test('a route may have the name of one of its models', () => {
  const route: ModelRoute = { ...fast, name: 'groq/llama' }
  expect(plan('groq/llama', { routes: [route] }).ids).toEqual(['groq/llama', 'openai/small'])
})

test('a balanced route shares its calls out by weight, and the others follow', () => {
  const route: ModelRoute = { ...fast, strategy: 'balance' }
  const first = (at: number) => plan('fast', { routes: [route], random: () => at }).ids
  expect(first(0.2)).toEqual(['groq/llama', 'openai/small'])
  expect(first(0.26)).toEqual(['openai/small', 'groq/llama'])
  expect(first(0.999)).toEqual(['openai/small', 'groq/llama'])
})

test('what the organization does not allow is refused, or passed over where something else was named', () => {
  const policy = { allowed_models: ['openai/small', 'groq/llama'], allowed_vendors: ['openai'] }
  expect(codeOf(() => plan('openai/large', { policy }))).toBe('model_not_allowed')
  expect(codeOf(() => plan('groq/llama', { policy }))).toBe('model_not_allowed')
  expect(plan('openai/large', { policy, choice: choice({ models: ['openai/large', 'openai/small'] }) }).ids).toEqual([
    'openai/small',
  ])
  expect(plan('fast', { policy, routes: [fast] }).ids).toEqual(['openai/small'])
})
