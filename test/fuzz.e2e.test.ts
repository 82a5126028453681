// Thousands of requests made from the platform's own description, right ones and broken ones, by everybody: nothing
// falls over, nothing answers what it does not describe, and the money is right afterwards. FUZZ_SEED and
// FUZZ_REQUESTS change the run; the same seed gives the same requests.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { balanceOf, entriesOf } from './audit/books.ts'
import { readDescription, type Description } from './fuzz/description.ts'
import { judge, type Finding } from './fuzz/judge.ts'
import { isLanguage, planFuzz, type Asked } from './fuzz/plan.ts'
import { sendAsked, type Answered } from './fuzz/send.ts'
import { startStandIn, type StandIn } from './fuzz/stand-in.ts'
import { createFuzzWorld, type FuzzWorld } from './fuzz/world.ts'
import { eventually } from './support/eventually.ts'
import { freePort, startPlatform, type Platform } from './support/start-platform.ts'

const seed = Number(process.env.FUZZ_SEED ?? 1)
const requests = Number(process.env.FUZZ_REQUESTS ?? 5_000)
const AT_ONCE = 24

let standIn: StandIn | undefined
let platform: Platform | undefined
let description: Description
let world: FuzzWorld
let plan: Asked[]
const answers: Answered[] = []
const findings = new Map<string, Finding>()

const settingsFor = (port: number) => ({
  OPENAI_API_KEY: 'sk-stand-in',
  OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`,
  COMPATIBLE_API_KEY: 'stand-in',
  COMPATIBLE_BASE_URL: `http://127.0.0.1:${port}/v1`,
  COMPATIBLE_MODELS: JSON.stringify([
    { id: 'counting', input: 1, output: 2, cached_input: 0.5, context: 32_768, max_output: 4_096 },
    { id: 'small-window', input: 1, output: 2, cached_input: 0.5, context: 200, max_output: 100 },
    { id: 'vectors', kind: 'embedding', input: 1, context: 8_192, dimensions: 8 },
    { id: 'unpriced' },
  ]),
  MODEL_ROUTES: JSON.stringify([{ name: 'reliable', targets: [{ model: 'compatible/counting' }] }]),
  ADMIN_EMAILS: 'operator@example.com',
  WEBHOOK_RETRY_SECONDS: '1',
  ...Object.fromEntries(
    [
      'SIGN_UP',
      'SIGN_IN_ADDRESS',
      'SIGN_IN_ACCOUNT',
      'MAIL_ADDRESS',
      'MAIL_ACCOUNT',
      'TWO_FACTOR',
      'SESSION_CALLS',
      'ANONYMOUS_CALLS',
      'UNKNOWN_KEYS',
    ].map((name) => [`LIMIT_${name}`, 'off']),
  ),
})

async function ask(asked: Asked): Promise<void> {
  const answered = await sendAsked(asked, { url: platform!.url, world })
  answers.push(answered)
  for (const finding of judge(answered, description)) {
    if (!findings.has(finding.what)) findings.set(finding.what, finding)
  }
  if (asked.caller === 'throwaway' && asked.at % 5 === 0) await world.renew(asked.at)
}

beforeAll(async () => {
  const port = await freePort()
  standIn = await startStandIn(port)
  platform = await startPlatform({ settings: settingsFor(port) })
  description = await readDescription(platform.url)
  world = await createFuzzWorld(platform.url, { model: 'compatible/counting', hook: `http://127.0.0.1:${port}/hook` })
  plan = planFuzz(description, { seed, requests, port })
}, 300_000)
afterAll(async () => {
  await platform?.stop()
  await standIn?.close()
})

test(
  `seed ${seed}: whatever is asked, by whomever, is answered as the description says`,
  { timeout: 600_000 },
  async () => {
    const queue = plan.values()
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (const asked of queue) await ask(asked)
      }),
    )
    expect([...findings.values()].map(({ what, example }) => `${what}\n    ${example}`)).toEqual([])
  },
)

test('every operation was asked, and most of the language API, both with success and without', () => {
  expect(answers.length).toBeGreaterThanOrEqual(requests)
  expect(answers.filter(({ asked }) => isLanguage(asked.operation)).length).toBeGreaterThanOrEqual(requests / 2)
  const asked = new Set(answers.map(({ asked: { operation } }) => operation.id))
  expect(description.operations.filter(({ id }) => !asked.has(id))).toEqual([])
  const reached = (status: number) =>
    new Set(answers.filter((each) => each.status === status).map(({ asked: { operation } }) => operation.id))
  const language = description.operations
    .filter((operation) => isLanguage(operation) && !operation.form)
    .map(({ id }) => id)
  expect(language.filter((id) => !reached(200).has(id))).toEqual([])
  const streams = answers.filter(({ contentType }) => contentType === 'text/event-stream')
  expect(streams.length).toBeGreaterThan(requests / 100)
})

test('nothing was thrown that nobody caught', () => {
  const log = readFileSync(join(platform!.dataDir, 'logs', 'platform.log'), 'utf8')
  const bad =
    /Uncaught|[Uu]nhandled|(Type|Range|Reference|Syntax)Error|"code":"internal_error"|will never generate a response|SQLITE_/
  expect(log.split('\n').filter((line) => bad.test(line))).toEqual([])
})

test('the platform is well, nothing is held, and every ledger sums up', { timeout: 120_000 }, async () => {
  const health = await fetch(`${platform!.url}/health`)
  expect(await health.json()).toMatchObject({ status: 'ok' })
  for (const person of world.people) {
    const balance = await eventually(
      () => balanceOf(person),
      ({ held_micros }) => held_micros === 0,
      { timeoutMs: 60_000, everyMs: 250 },
    )
    const entries = await entriesOf(person)
    expect(entries.reduce((sum, { amount_micros }) => sum + amount_micros, 0)).toBe(balance.balance_micros)
    expect(entries.filter(({ kind, amount_micros }) => kind === 'charge' && amount_micros > 0)).toEqual([])
  }
})
