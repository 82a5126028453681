// Inputs for ledger tests: one valid whole, of which a test names only what matters to it.
import type { AdmitInput, KeyRecord, PlanTerms, SettleInput } from '../contracts/ledger.ts'

export const sampleAdmission = (change: Partial<AdmitInput> = {}): AdmitInput => ({
  requestId: 'req_1',
  payer: { kind: 'user', userId: 'usr_1', role: 'member' },
  scope: 'chat',
  service: 'chat',
  model: 'openai/gpt-sample',
  provider: 'openai',
  ceilingMicros: 100,
  floorMicros: 100,
  ttlMs: 60_000,
  ...change,
})

export const sampleSettlement = (change: Partial<SettleInput> = {}): SettleInput => ({
  requestId: 'req_1',
  amountMicros: 60,
  usage: { input_tokens: 20, output_tokens: 40 },
  price: { input_tokens: 1_000_000, output_tokens: 1_000_000 },
  estimated: false,
  answerKept: false,
  ...change,
})

export const sampleKey = (change: Partial<KeyRecord> = {}): KeyRecord => ({
  id: 'key_1',
  name: 'My server',
  userId: 'usr_1',
  secretHash: 'a'.repeat(64),
  hint: 'wxyz',
  scopes: ['chat'],
  models: null,
  budget: null,
  rateLimitRpm: null,
  expiresAt: null,
  createdAt: 0,
  revokedAt: null,
  ...change,
})

export const samplePayer = (keyId = 'key_1') => ({ kind: 'key', keyId, secretHash: 'a'.repeat(64) }) as const

export const samplePlan = (change: Partial<PlanTerms> = {}): PlanTerms => ({
  planId: 'pro',
  planVersion: 1,
  asOf: 1,
  requestsPerMinute: null,
  tokensPerMinute: null,
  parallelRequests: null,
  models: null,
  readOnly: false,
  overdraft: null,
  ...change,
})
