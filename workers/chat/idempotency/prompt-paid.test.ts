// Who leaves with an Idempotency-Key before anything of the answer came: the prompt is paid once, whatever is tried again.
import { expect, test } from 'vitest'
import { Problem } from '#shared/http/problems'
import { createChatWorld, finish, sayingModel } from '../testing.ts'

const path = '/v1/chat/completions'
const question = { model: 'fake/words', messages: [{ role: 'user', content: 'Say something, and take your time.' }] }
const headers = { 'idempotency-key': 'k-1' }

/** A model that answers as often as it is told to, and else says nothing. */
function world() {
  let turns: ('silence' | 'failure' | 'answer')[] = []
  const { model, asked } = sayingModel(async function* (_, signal) {
    const turn = turns.shift()
    if (turn === 'failure') throw new Problem('provider_misconfigured', 'no', { upstream: { status: 401 } })
    if (turn === 'silence')
      await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
    yield { type: 'text-delta', text: 'one' } as const
    yield finish({ input_tokens: 100, output_tokens: 3 })
  })
  const made = createChatWorld({ models: { 'fake/words': model } })
  const leave = async () => {
    const before = asked.length
    const leaving = new AbortController()
    const pending = made.ask(path, { ...question, stream: true }, { headers, signal: leaving.signal })
    while (asked.length === before) await new Promise(setImmediate)
    leaving.abort()
    expect((await pending).status).toBe(499)
    await made.settled()
  }
  const ask = async () => {
    const response = await made.ask(path, { ...question, stream: true }, { headers })
    const text = await response.text()
    await made.settled()
    return { response, text }
  }
  return { ...made, asked, leave, request: ask, turn: (...next: typeof turns) => void (turns = next) }
}

test('the same key goes on, and the prompt that was paid for is not charged again', async () => {
  const { leave, request, charges, turn, asked } = world()
  turn('silence', 'answer')
  await leave()
  const [prompt] = await charges()
  const paid = prompt!.usage!.input_tokens!
  expect(prompt).toMatchObject({ amountMicros: -paid, estimated: true })

  const { response, text } = await request()
  expect(text).toContain('one')
  expect(response.headers.get('x-riwaq-prompt-paid-by')).toBe(prompt!.requestId)
  const [answer] = await charges()
  expect(answer).toMatchObject({
    amountMicros: -(100 - paid + 6),
    usage: { input_tokens: 100 - paid, output_tokens: 3 },
    estimated: false,
  })

  const again = await request()
  expect(again.text).toBe(text)
  expect(again.response.headers.get('x-riwaq-idempotent-replay')).toBe('true')
  expect(asked).toHaveLength(2)
  expect(await charges()).toHaveLength(2)
})

test('who leaves again and again pays for the prompt once', async () => {
  const { leave, request, charges, turn, ledger } = world()
  turn('silence', 'silence', 'silence', 'answer')
  await leave()
  const paid = (await charges())[0]!.amountMicros
  await leave()
  await leave()
  expect((await charges()).map(({ amountMicros }) => 0 - amountMicros)).toEqual([0, 0, 0 - paid])
  await request()
  const total = (await charges()).reduce((sum, { amountMicros }) => sum - amountMicros, 0)
  expect(total).toBe(106)
  expect(await ledger.balance()).toMatchObject({ balanceMicros: 1_000_000 - 106, heldMicros: 0 })
})

test('a failure in between neither costs nor uses up what was paid', async () => {
  const { leave, request, charges, turn } = world()
  turn('silence', 'failure', 'answer')
  await leave()
  expect((await request()).response.status).toBe(502)
  expect((await request()).response.status).toBe(200)
  expect((await charges()).reduce((sum, { amountMicros }) => sum - amountMicros, 0)).toBe(106)
})

test('another body under that key is refused as ever', async () => {
  const { leave, ask, turn } = world()
  turn('silence', 'answer')
  await leave()
  expect((await ask(path, { ...question, temperature: 1 }, { headers })).status).toBe(409)
})

test('what was paid could not be noted: the key is used, and nothing is charged twice', async () => {
  const { leave, request, charges, answers, turn } = world()
  turn('silence', 'answer')
  answers.keep = () => Promise.reject(new Error('the bucket is away'))
  await leave()
  expect((await request()).response.status).toBe(409)
  expect(await charges()).toHaveLength(1)
})
