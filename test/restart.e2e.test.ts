// The power fails in mid-answer. What was promised before holds after: accounts, money, words and pictures.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startCountingProvider, type CountingProvider } from './support/counting-provider.ts'
import { eventually } from './support/eventually.ts'
import { startFalServer, type FalServer } from './support/fal-server.ts'
import { createKey, personWith, post, signUp, type Person } from './support/person.ts'
import { freePort, startPlatform, type Platform } from './support/start-platform.ts'

const model = 'compatible/counting'
const dataDir = mkdtempSync(join(tmpdir(), 'riwaq-restart-'))
let provider: CountingProvider | undefined
let fal: FalServer | undefined
let platform: Platform | undefined
afterAll(async () => {
  await platform?.stop()
  await provider?.close()
  await fal?.close()
  rmSync(dataDir, { recursive: true, force: true })
})

interface Balance {
  balance_micros: number
  held_micros: number
  available_micros: number
}
interface Entry {
  id: string
  kind: string
  amount_micros: number
  request_id: string | null
  estimated: boolean
}
interface Message {
  id: string
  role: string
  status: string
  content: string
  cost_micros: number | null
  request_id: string | null
}
const balanceOf = (person: Person) => person.json<Balance>('/api/usage/balance')
const entriesOf = async (person: Person) => (await person.json<{ data: Entry[] }>('/api/usage/entries?limit=200')).data
const sumOf = (entries: Entry[]) => entries.reduce((sum, { amount_micros }) => sum + amount_micros, 0)
const answerIn = async (person: Person, conversation: string) =>
  (await person.json<{ data: Message[] }>(`${conversation}/messages`)).data.at(-1)!

async function startAgain(port: number): Promise<Platform> {
  return startPlatform({
    dataDir,
    keepData: true,
    settings: {
      FAL_KEY: 'fal-key',
      FAL_BASE_URL: fal!.url,
      FAL_JWKS_URL: fal!.jwksUrl,
      COMPATIBLE_API_KEY: 'counting',
      COMPATIBLE_BASE_URL: `http://127.0.0.1:${port}/v1`,
      COMPATIBLE_MODELS: JSON.stringify([
        { id: 'counting', input: 1, output: 2, cached_input: 0.5, context: 32768, max_output: 4096 },
      ]),
    },
  })
}

const completion = (behaviour: object, more = {}) => ({
  model,
  max_tokens: 2_000,
  messages: [{ role: 'user', content: JSON.stringify(behaviour) }],
  ...more,
})

interface Job {
  id: string
  state: string
  stage: string
  item_ids: string[]
  request_id: string
  cost_micros: number
}
const jobOf = (person: Person, id: string) => person.json<Job>(`/api/images/jobs/${id}`)

/** A vendor has taken the order for a picture, and is not done. */
async function orderPicture(person: Person): Promise<Job> {
  fal!.behave({ fault: 'slow' })
  const job = await person.json<Job>('/api/images/jobs', {
    method: 'POST',
    body: JSON.stringify({ operation: 'generate', model: 'fal/fal-ai/flux-2-pro', prompt: 'a lighthouse' }),
  })
  return eventually(
    () => jobOf(person, job.id),
    ({ stage }) => stage === 'making',
  )
}

/** Leaves a conversation's answer and a paid stream half written, and what was charged before them. */
async function untilTheLightsGoOut(url: string) {
  const person = await signUp(url)
  const { key } = await createKey(person)
  const headers = { authorization: `Bearer ${key}` }
  const ask = (body: object) => post(`${url}/v1/chat/completions`, body, headers)
  for (const tokens of [5, 10, 15]) expect((await ask(completion({ tokens }))).status).toBe(200)
  const { id } = await person.json<{ id: string }>('/api/conversations', {
    method: 'POST',
    body: JSON.stringify({ model, content: '{"tokens":4000,"paceMs":20}' }),
  })
  const conversation = `/api/conversations/${id}`
  const picture = await orderPicture(person)
  const stream = await ask(completion({ tokens: 2_000, paceMs: 20 }, { stream: true }))
  const reader = stream.body!.getReader()
  await reader.read()
  // The conversation saves its words in pieces: some of them have reached the disk.
  const before = await eventually(
    () => answerIn(person, conversation),
    ({ content }) => content.length > 400,
  )
  expect(before.status).toBe('running')
  const { balance_micros, held_micros } = await eventually(
    () => balanceOf(person),
    ({ held_micros: held }) => held > 0,
  )
  const streamId = stream.headers.get('x-request-id')!
  return {
    person,
    key,
    conversation,
    picture,
    reader,
    before,
    balance_micros,
    held_micros,
    streamId,
    entries: await entriesOf(person),
  }
}

test(
  'what was true before a crash is true after it, and what was cut off is said to be',
  { timeout: 180_000 },
  async () => {
    const port = await freePort()
    provider = await startCountingProvider({ port })
    fal = await startFalServer()
    platform = await startAgain(port)
    const left = await untilTheLightsGoOut(platform.url)
    await platform.crash()
    await left.reader.read().catch(() => undefined)
    await expect(fetch(`${platform.url}/health`)).rejects.toThrow()

    platform = await startAgain(port)
    const { url } = platform
    // The cookie that the browser kept.
    const person = personWith({ ...left.person, url })
    const account = await person.json<{ organization: { id: string } }>('/api/account')
    expect(account.organization.id).toBe(left.person.organizationId)
    expect(await entriesOf(person)).toEqual(expect.arrayContaining(left.entries))

    // The vendor has gone on meanwhile, and is asked for what it has made, not for another.
    fal.orders[0]!.conduct = { looks: 0, fault: null, webhook: 'none' }
    const picture = await eventually(
      () => jobOf(person, left.picture.id),
      ({ state }) => state === 'succeeded',
      { timeoutMs: 120_000, everyMs: 250 },
    )
    expect(fal.orders).toHaveLength(1)
    expect((await person.json<{ data: { id: string }[] }>('/api/library/items')).data).toMatchObject([
      { id: picture.item_ids[0] },
    ])

    // The answer that nobody writes any more ends, keeps its words, and is paid for as far as it came.
    const answer = await eventually(
      () => answerIn(person, left.conversation),
      ({ status }) => status !== 'running',
      { timeoutMs: 60_000, everyMs: 250 },
    )
    expect(answer).toMatchObject({ id: left.before.id, status: 'interrupted' })
    expect(answer.content).toMatch(/^w0 w1 w2 /)
    expect((await person.json<{ running: boolean }>(left.conversation)).running).toBe(false)
    const listed = await person.json<{ data: { running: boolean }[] }>('/api/conversations')
    expect(listed.data.map(({ running }) => running)).toEqual([false])
    const entries = await entriesOf(person)
    const charged = entries.filter(({ request_id }) => request_id === answer.request_id)
    expect(charged).toMatchObject([{ kind: 'charge', estimated: true }])
    expect(-charged[0]!.amount_micros).toBe(answer.cost_micros)
    expect(entries.filter(({ request_id: id }) => id === picture.request_id)).toMatchObject([
      { kind: 'charge', amount_micros: -picture.cost_micros },
    ])
    expect(entries).toHaveLength(left.entries.length + 2)

    // The books add up. What is still held is the stream's, which had no conversation to be counted by: it expires.
    const balance = await balanceOf(person)
    expect(balance.balance_micros).toBe(sumOf(entries))
    expect(balance.available_micros).toBe(balance.balance_micros - balance.held_micros)
    expect(balance.held_micros).toBeLessThan(left.held_micros)
    expect(entries.filter(({ request_id }) => request_id === left.streamId)).toEqual([])

    // And all of it goes on: the key, the conversation, the book.
    const again = await post(`${url}/v1/chat/completions`, completion({ tokens: 5 }), {
      authorization: `Bearer ${left.key}`,
    })
    expect(again.headers.get('x-riwaq-cost-micros')).toBe('20')
    await person.json(`${left.conversation}/messages`, { method: 'POST', body: '{"content":"{\\"tokens\\":3}"}' })
    const next = await eventually(
      () => answerIn(person, left.conversation),
      ({ status, id }) => status !== 'running' && id !== answer.id,
    )
    expect(next).toMatchObject({ status: 'complete', content: 'w0 w1 w2 ' })
    const after = await eventually(
      async () => ({ ...(await balanceOf(person)), entries: await entriesOf(person) }),
      ({ held_micros }) => held_micros === balance.held_micros,
    )
    expect(after.balance_micros).toBe(sumOf(after.entries))
  },
)
