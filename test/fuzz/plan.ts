// What is asked of whom: for every operation requests as the description wants them, and requests with one thing wrong.
import fc from 'fast-check'
import { arbitraryOfSchema, type Vocabulary } from './arbitrary-of-schema.ts'
import { brokenBody } from './break-body.ts'
import type { Description, Json, Operation, Parameter } from './description.ts'
import { failureCount, orderText } from './stand-in.ts'
import type { CallerName } from './world.ts'

/** Resolved when it is sent: what there is by then, of whom. */
export type Place = { of: 'own' | 'foreign'; kind: string; at: number } | { raw: string }

export interface Asked {
  operation: Operation
  caller: CallerName
  /** Which of the throwaway accounts, and more such choices. */
  at: number
  places: Record<string, Place>
  query: string
  headers: Record<string, string>
  body: string | null
  /** The client leaves after the first bytes. */
  leaves: boolean
}

/** What ends an account, a session or an organization, or takes its second factor: for accounts that are there for it. */
const DESTROYS =
  /^(delete(Organization|Account)|signOut|revoke\w*Sessions?|change(Password|Email)|resetPassword|(enable|disable)TwoFactor|\w*BackupCodes?|verifyTotp|getTotpUri|leaveOrganization|setActiveOrganization|acceptInvitation|createOrganization|updateUser)$/i
/** What changes the rules of an organization. */
const RULES = /^\/api\/(organizations|keys|provider-keys|webhooks|usage\/rebuild|account|admin)/

export const isLanguage = ({ path }: Operation): boolean => path.startsWith('/v1/')
const isMetered = (operation: Operation): boolean => isLanguage(operation) && operation.body !== null

function callersFor(operation: Operation): fc.Arbitrary<CallerName> {
  const some = (...names: CallerName[]) => fc.constantFrom(...names)
  const poor = some('stranger', 'invented key', 'narrow key')
  const destroys =
    operation.path.startsWith('/api/auth/') || DESTROYS.test(operation.id) || operation.id === 'removeMember'
  const changes = operation.method !== 'GET' && RULES.test(operation.path)
  const rich = destroys
    ? some('throwaway')
    : changes
      ? some('wild owner', 'wild owner', 'wild key', 'member')
      : some('key', 'key', 'key', 'owner', 'member', 'wild key')
  return fc.oneof({ weight: 7, arbitrary: rich }, { weight: 1, arbitrary: poor })
}

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

const models = fc.oneof(
  { weight: 12, arbitrary: fc.constant('compatible/counting') },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'riwaq/sandbox-guide',
      'compatible/vectors',
      'openai/omni-moderation-latest',
      'compatible/small-window',
      'reliable',
      'counting',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('compatible/unpriced', 'openai/none', 'nobody/nothing', '', '/', '__proto__'),
  },
)

const orders = fc
  .record({
    tokens: fc.nat(12),
    failure: fc.oneof({ weight: 12, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(failureCount - 1) }),
  })
  .map(({ tokens, failure }) => orderText(tokens, failure))

function vocabularyOf({ components }: Description, { port }: { port: number }): Vocabulary {
  const server = `http://127.0.0.1:${port}`
  const values: Record<string, fc.Arbitrary<unknown>> = {
    model: models,
    url: fc.constantFrom(PIXEL, `${server}/hook`, 'https://files.invalid/a.png', 'ftp://x', ''),
    image_url: fc.constantFrom(PIXEL, { url: PIXEL }, 'https://files.invalid/a.png'),
    base_url: fc.constantFrom(`${server}/v1`, null, 'https://vendor.invalid/v1', 'nonsense'),
    email: fc.nat(30).map((at) => `fuzz-${at}@example.com`),
    password: fc.constantFrom('a long enough passphrase', 'short', 'x'.repeat(300)),
    max_tokens: fc.integer({ min: 1, max: 60 }),
    max_completion_tokens: fc.integer({ min: 1, max: 60 }),
    max_output_tokens: fc.integer({ min: 16, max: 60 }),
    n: fc.integer({ min: 1, max: 3 }),
    stream: fc.boolean(),
  }
  const prose = new Set(['content', 'text', 'input', 'title', 'instructions'])
  return {
    components,
    named(name, schema) {
      if (Object.hasOwn(values, name)) return values[name]
      if (!prose.has(name)) return undefined
      const plain = JSON.stringify(schema).includes('"type":"string"')
      const described = arbitraryOfSchema(schema, { components, named: this.named })
      return plain ? fc.oneof({ weight: 2, arbitrary: orders }, { weight: 3, arbitrary: described }) : described
    },
  }
}

const rubbish = fc.constantFrom(
  'nonsense',
  '%00',
  '%zz',
  '%',
  '..%2F..%2Fetc',
  '%F0%9F',
  'x'.repeat(3_000),
  '%E2%9C%97',
  '0',
  '__proto__',
  '%22%20or%201=1',
)

function placeOf(operation: Operation, name: string): fc.Arbitrary<Place> {
  const segments = operation.path.split('/')
  const kind = segments[segments.indexOf(`{${name}}`) - 1]!
  return fc.oneof(
    { weight: 5, arbitrary: fc.nat(50).map((at): Place => ({ of: 'own', kind, at })) },
    { weight: 3, arbitrary: fc.nat(50).map((at): Place => ({ of: 'foreign', kind, at })) },
    { weight: 2, arbitrary: rubbish.map((raw): Place => ({ raw })) },
  )
}

const queryValue = ({ schema }: Parameter, words: Vocabulary): fc.Arbitrary<string> =>
  fc.oneof(
    {
      weight: 2,
      arbitrary: arbitraryOfSchema(schema, words).map((value) => encodeURIComponent(wellFormed(String(value)))),
    },
    { weight: 1, arbitrary: rubbish },
  )

const wellFormed = (text: string): string => text.toWellFormed()

function queryOf(parameters: Parameter[], words: Vocabulary): fc.Arbitrary<string> {
  const known = parameters.filter((parameter) => parameter.in === 'query')
  const pairs = known.map((parameter) => queryValue(parameter, words).map((value) => `${parameter.name}=${value}`))
  if (pairs.length === 0) return fc.constantFrom('', '', '', '?', '?x=%zz')
  return fc
    .subarray(pairs)
    .chain((chosen) => fc.tuple(...chosen))
    .map((chosen) => (chosen.length === 0 ? '' : `?${chosen.join('&')}`))
}

/** What a header can carry at all: one byte a character, and no end of a line. */
// oxlint-disable-next-line no-control-regex -- the characters that no header may hold
const headerText = (value: string): string => value.replaceAll(/[^\t\u0020-\u007E\u0080-\u00FF]/g, '?')

function headersOf(parameters: Parameter[], words: Vocabulary): fc.Arbitrary<Record<string, string>> {
  const known = parameters.filter((parameter) => parameter.in === 'header')
  const value = ({ name, schema }: Parameter) =>
    name === 'x-riwaq-models' || name === 'x-riwaq-provider-order'
      ? fc.constantFrom('compatible/counting', 'openai,compatible', 'nobody', ',', '')
      : fc.oneof(
          { weight: 3, arbitrary: arbitraryOfSchema(schema, words) },
          { weight: 1, arbitrary: fc.constantFrom('', '\u00FF\u00FE', 'x'.repeat(600), '-1', 'null') },
        )
  return fc
    .subarray(known, { maxLength: Math.min(known.length, 2) })
    .chain((chosen) => fc.record(Object.fromEntries(chosen.map((each) => [each.name, value(each)]))))
    .chain((chosen) =>
      fc
        .constantFrom<Json>({}, {}, {}, { 'accept-language': 'ar' }, { 'x-riwaq-principal': 'forged' }, { accept: 'x' })
        .map((more) =>
          Object.fromEntries(
            Object.entries({ ...chosen, ...more }).map(([name, each]) => [name, headerText(String(each))]),
          ),
        ),
    )
}

/** What stands in the reference, with a few more of the parameters that there are: most of it is answered. */
function nearExample({ schema, example }: NonNullable<Operation['body']>, words: Vocabulary): fc.Arbitrary<unknown> {
  const right = arbitraryOfSchema(schema, words)
  if (typeof example !== 'object' || example === null) return right
  const named = typeof schema['$ref'] === 'string' ? words.components[schema['$ref'].split('/').at(-1)!] : schema
  const streams = 'stream' in ((named?.['properties'] ?? {}) as Json)
  return fc.tuple(right, fc.constantFrom(true, true, false)).map(([value, stream]) => {
    const made = value as Json
    return { ...made, ...example, ...('model' in made && { model: made['model'] }), ...(streams && { stream }) }
  })
}

function bodyOf({ body }: Operation, words: Vocabulary): fc.Arbitrary<string | null> {
  if (!body) return fc.constantFrom(null, null, null, '{"a":', '{}')
  const right = arbitraryOfSchema(body.schema, words)
  const near = nearExample(body, words)
  return fc.oneof(
    { weight: 5, arbitrary: right.map((value) => JSON.stringify(value)) },
    { weight: 5, arbitrary: near.map((value) => JSON.stringify(value)) },
    { weight: 6, arbitrary: brokenBody(near) },
  )
}

function askingOf(operation: Operation, words: Vocabulary): fc.Arbitrary<Asked> {
  const inPath = operation.parameters.filter((parameter) => parameter.in === 'path')
  return fc.record({
    operation: fc.constant(operation),
    caller: callersFor(operation),
    at: fc.nat(1_000),
    places: fc.record(Object.fromEntries(inPath.map(({ name }) => [name, placeOf(operation, name)]))),
    query: queryOf(operation.parameters, words),
    headers: headersOf(operation.parameters, words),
    body: bodyOf(operation, words),
    leaves: isMetered(operation) ? fc.nat(30).map((at) => at === 0) : fc.constant(false),
  })
}

/** The same seed gives the same requests, in the same order. More than half of them go to /v1. */
export function planFuzz(
  description: Description,
  { seed, requests, port }: { seed: number; requests: number; port: number },
): Asked[] {
  const words = vocabularyOf(description, { port })
  const groups = [description.operations.filter(isLanguage), description.operations.filter((each) => !isLanguage(each))]
  const shareOf = [0.55, 0.45]
  const planned = groups.flatMap((operations, group) => {
    const weights = operations.map((operation) => (isMetered(operation) ? 4 : 1))
    const all = weights.reduce((sum, weight) => sum + weight, 0)
    return operations.flatMap((operation, at) =>
      fc.sample(askingOf(operation, words), {
        seed: seed + at,
        numRuns: Math.ceil((requests * shareOf[group]! * weights[at]!) / all),
      }),
    )
  })
  const order = fc.sample(fc.shuffledSubarray(planned, { minLength: planned.length }), { seed, numRuns: 1 })[0]!
  return order
}
