import { expect, test } from 'vitest'
import { defaultPolicy, OrganizationPolicy } from '#shared/contracts/policy'
import { isSameDraft, moved, newGuardrail, newRoute, newTarget, policyDraftOf } from './policy-draft.ts'
import type { PolicyDraft } from './policy-draft.ts'
import { changedParts, faultOfRefusal, readPolicyDraft } from './read-policy.ts'

const emptyDraft = () => policyDraftOf(defaultPolicy)
const read = (change: Partial<PolicyDraft>) => readPolicyDraft({ ...emptyDraft(), ...change })
const policyOf = (change: Partial<PolicyDraft>) => {
  const reading = read(change)
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults))
  return reading.policy
}

const rich = OrganizationPolicy.parse({
  allowed_models: ['openai/gpt-6-luna'],
  allowed_vendors: ['openai'],
  zero_retention: true,
  request_log: { sample_percent: 25, content: 'redacted', retention_days: 7 },
  response_retention_days: 0,
  guardrails: [
    { type: 'words', words: ['nightingale', 'سرّي'], action: 'block', stage: 'input' },
    { type: 'personal-data', kinds: ['email', 'iban'], action: 'mask' },
    { type: 'secrets', action: 'flag', stage: 'output' },
    { type: 'moderation', action: 'block' },
  ],
  routes: [
    { name: 'house/fast', strategy: 'balance', targets: [{ model: 'a/b', weight: 3 }, { model: 'c/d' }] },
    { name: 'Safe', targets: [{ model: 'a/b' }] },
  ],
})

test('opening a policy and saving it changes nothing', () => {
  for (const policy of [defaultPolicy, rich]) {
    const reading = readPolicyDraft(policyDraftOf(policy))
    expect(reading).toEqual({ ok: true, policy })
    expect(reading.ok && changedParts(policy, reading.policy)).toEqual({})
  }
})

test('what is read satisfies the contract', () => {
  expect(OrganizationPolicy.parse(policyOf(policyDraftOf(rich)))).toEqual(rich)
})

test('words are one a line, once each, without the room around them', () => {
  const guardrail = { ...newGuardrail('words'), words: ' red \n\nأحمر\nred\n' }
  expect(policyOf({ guardrails: [guardrail] }).guardrails).toMatchObject([{ words: ['red', 'أحمر'] }])
})

test('numbers may be typed in Arabic digits', () => {
  const policy = policyOf({ samplePercent: '٥٠', logDays: '٩٠', responseDays: '٠' })
  expect(policy.request_log).toMatchObject({ sample_percent: 50, retention_days: 90 })
  expect(policy.response_retention_days).toBe(0)
})

test('weights count only where a route shares its calls out', () => {
  const route = { ...newRoute('a/b'), name: 'x', targets: [{ ...newTarget('a/b'), weight: 'many' }] }
  expect(policyOf({ routes: [route] }).routes[0]!.targets).toEqual([{ model: 'a/b', weight: 1 }])
  expect(read({ routes: [{ ...route, strategy: 'balance' }] })).toEqual({
    ok: false,
    faults: { 'routes[0].targets[0].weight': 'weight-invalid' },
  })
})

test('what is wrong is told by its path, every fault at once', () => {
  const reading = read({
    modelsLimited: true,
    vendorsLimited: true,
    samplePercent: '101',
    logDays: '0',
    responseDays: '',
    guardrails: [newGuardrail('words'), { ...newGuardrail('secrets'), kinds: [] }],
    routes: [
      { ...newRoute(), name: 'a b', targets: [newTarget('a/b'), newTarget('a/b')] },
      { ...newRoute('a/b'), name: 'x' },
      { ...newRoute(), name: 'X', targets: [] },
      newRoute(),
    ],
  })
  expect(reading).toEqual({
    ok: false,
    faults: {
      allowed_models: 'models-missing',
      allowed_vendors: 'vendors-missing',
      'request_log.sample_percent': 'percent-invalid',
      'request_log.retention_days': 'log-days-invalid',
      response_retention_days: 'response-days-invalid',
      'guardrails[0].words': 'words-missing',
      'guardrails[1].kinds': 'kinds-missing',
      'routes[0].name': 'name-invalid',
      'routes[0].targets[1].model': 'model-twice',
      'routes[2].name': 'name-taken',
      'routes[2].targets': 'targets-missing',
      'routes[3].name': 'name-missing',
      'routes[3].targets[0].model': 'model-missing',
    },
  })
})

test('only the parts that were changed are sent', () => {
  expect(changedParts(rich, { ...rich, zero_retention: false, routes: [] })).toEqual({
    zero_retention: false,
    routes: [],
  })
})

test('what the platform refuses is shown where it is wrong', () => {
  expect(faultOfRefusal('policy.routes[1].targets[0].model')).toEqual({ 'routes[1].targets[0].model': 'model-unknown' })
  expect(faultOfRefusal('policy.allowed_models[3]')).toEqual({ allowed_models: 'model-unknown' })
  expect(faultOfRefusal('policy.routes[1].name')).toEqual({ 'routes[1].name': 'name-taken' })
  expect(faultOfRefusal('policy.guardrails[0].words[7]')).toEqual({ 'guardrails[0].words': 'refused' })
  expect(faultOfRefusal('version')).toEqual({})
  expect(faultOfRefusal(null)).toEqual({})
})

test('two drafts are the same where they would be saved as the same', () => {
  expect(isSameDraft(policyDraftOf(rich), policyDraftOf(rich))).toBe(true)
  expect(isSameDraft(policyDraftOf(rich), emptyDraft())).toBe(false)
})

test('what stands in a list is moved by one place, and not beyond its ends', () => {
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
})
