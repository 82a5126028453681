// OpenAI's own client, unchanged but for a base URL and a key, has pictures made by the sandbox, by OpenAI, by fal and by
// Replicate: and what was charged is what is in the book.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import OpenAI, { toFile } from 'openai'
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { codeBlocksOf } from './support/code-blocks.ts'
import { eventually } from './support/eventually.ts'
import { startFalServer, type FalServer } from './support/fal-server.ts'
import { createKey, post, signUp, type Person } from './support/person.ts'
import { PICTURE_TOKENS, PROMPT_TOKENS, startPictureServer, type PictureServer } from './support/picture-server.ts'
import { plainPng } from './support/plain-png.ts'
import { runJavaScript } from './support/run-program.ts'
import { startReplicateServer, type ReplicateServer } from './support/replicate-server.ts'

const url = inject('platformUrl')
const SANDBOX = 'riwaq/sandbox-image'
const SANDBOX_MICROS = 2_000
const small = '256x256' as const

let pictures: PictureServer
let fal: FalServer
let replicate: ReplicateServer
let person: Person
let key: string
let openai: OpenAI

interface Entry {
  kind: string
  amount_micros: number
  model: string
  usage: Record<string, number>
  request_id: string
}
interface Balance {
  balance_micros: number
  held_micros: number
}

const entries = async () => (await person.json<{ data: Entry[] }>('/api/usage/entries?limit=100')).data
const items = async () => (await person.json<{ data: { id: string }[] }>('/api/library/items')).data

/** Nothing is held, and the balance is the sum of what is in the book; answers what was charged, newest first. */
async function settled(count: number): Promise<Entry[]> {
  const all = await eventually(entries, (list) => list.filter(({ kind }) => kind === 'charge').length === count)
  const balance = await person.json<Balance>('/api/usage/balance')
  expect(balance).toMatchObject({
    held_micros: 0,
    balance_micros: all.reduce((sum, { amount_micros: amount }) => sum + amount, 0),
  })
  return all.filter(({ kind }) => kind === 'charge')
}

const isPng = (base64: string | undefined) =>
  Buffer.from(base64 ?? '', 'base64')
    .subarray(1, 4)
    .toString() === 'PNG'
const picture = (name: string, bytes = plainPng({ width: 256, height: 256 })) =>
  toFile(bytes, name, { type: 'image/png' })

async function modelOf(vendor: string, wanted: (model: { id: string; operations: string[] }) => boolean = () => true) {
  const { data } = await person.json<{ data: { id: string; vendor: string; operations: string[] }[] }>(
    '/api/images/models',
  )
  return data.find((model) => model.vendor === vendor && wanted(model))!.id
}

beforeAll(async () => {
  pictures = await startPictureServer({ port: inject('emulatorPort') })
  fal = await startFalServer({ port: inject('falPort') })
  replicate = await startReplicateServer({ port: inject('replicatePort') })
})
afterAll(async () => {
  await Promise.all([pictures.close(), fal.close(), replicate.close()])
})
beforeEach(async () => {
  person = await signUp(url)
  ;({ key } = await createKey(person))
  openai = new OpenAI({ apiKey: key, baseURL: `${url}/v1`, maxRetries: 0 })
  fal.behave({})
  replicate.behave({})
})

test('the sandbox draws for whoever has no vendor: as bytes, by an address, and shown on the way', async () => {
  const asked = { model: SANDBOX, prompt: 'قطة في الثلج', size: small } as const
  const { data: whole } = await openai.images.generate({ ...asked, n: 2 })
  expect(whole!.map(({ b64_json: base64 }) => isPng(base64))).toEqual([true, true])

  const { data: placed } = await openai.images.generate({ ...asked, response_format: 'url' })
  const fetched = await fetch(placed![0]!.url!)
  expect([fetched.status, fetched.headers.get('content-type')]).toEqual([200, 'image/png'])

  const types: string[] = []
  for await (const event of await openai.images.generate({ ...asked, stream: true, partial_images: 2 }))
    types.push(event.type)
  expect(types).toEqual([
    'image_generation.partial_image',
    'image_generation.partial_image',
    'image_generation.completed',
  ])

  const charges = await settled(3)
  expect(charges.map(({ amount_micros: amount }) => -amount)).toEqual([
    SANDBOX_MICROS,
    SANDBOX_MICROS,
    2 * SANDBOX_MICROS,
  ])
  expect(await items()).toHaveLength(4)
})

test('pictures are edited with a mask and varied, and what was sent is not in the library', async () => {
  const made = await openai.images.generate({
    model: SANDBOX,
    prompt: 'a mask',
    size: small,
    background: 'transparent',
  })
  const mask = await toFile(Buffer.from(made.data![0]!.b64_json!, 'base64'), 'mask.png', { type: 'image/png' })
  const edited = await openai.images.edit({
    model: SANDBOX,
    prompt: 'a red door',
    image: [await picture('one.png'), await picture('two.png')],
    mask,
    size: small,
  })
  expect(isPng(edited.data![0]!.b64_json)).toBe(true)
  const varied = await openai.images.createVariation({
    model: SANDBOX,
    image: await picture('one.png'),
    size: '256x256',
  })
  expect(isPng(varied.data![0]!.b64_json)).toBe(true)
  await settled(3)
  expect(await items()).toHaveLength(3)
})

test('what is no picture is refused by name, and nothing is held', async () => {
  const svg = await toFile(Buffer.from('<svg onload="alert(1)"/>'), 'picture.png', { type: 'image/png' })
  const cut = await toFile(plainPng().subarray(0, 60), 'picture.png', { type: 'image/png' })
  for (const [image, code] of [
    [svg, 'image_unsupported'],
    [cut, 'image_damaged'],
  ] as const)
    await expect(openai.images.edit({ model: SANDBOX, prompt: 'x', image })).rejects.toMatchObject({ code })
  await settled(0)
})

test('OpenAI is asked in its own words and charged by its own count, whole, streamed and edited', async () => {
  const model = await modelOf('openai')
  const before = pictures.calls.length
  const answer = await openai.images.generate({
    model,
    prompt: 'a lighthouse',
    n: 2,
    quality: 'low',
    size: '1024x1024',
  })
  expect(answer.usage).toMatchObject({ input_tokens: PROMPT_TOKENS, output_tokens: 2 * PICTURE_TOKENS })
  const events: string[] = []
  for await (const event of await openai.images.generate({
    model,
    prompt: 'a lighthouse',
    stream: true,
    partial_images: 1,
  }))
    events.push(event.type)
  expect(events).toEqual(['image_generation.partial_image', 'image_generation.completed'])
  await openai.images.edit({ model, prompt: 'at night', image: [await picture('one.png'), await picture('two.png')] })
  const charges = await settled(3)
  expect(pictures.calls.slice(before)).toMatchObject([
    { call: 'generations', fields: { quality: 'low', n: 2 } },
    { call: 'generations' },
    { call: 'edits', images: 2 },
  ])
  expect(charges[2]).toMatchObject({ model, usage: { image_output_tokens: 2 * PICTURE_TOKENS } })
})

test('fal takes an order and says when it is done, to the same client', async () => {
  fal.behave({ looks: 1, webhook: 'twice' })
  const model = await modelOf('fal', ({ operations }) => operations.includes('generate'))
  const { data } = await openai.images.generate({ model, prompt: 'a lighthouse' })
  expect(isPng(data![0]!.b64_json)).toBe(true)
  expect(fal.orders.at(-1)!.input).toMatchObject({ prompt: 'a lighthouse' })
  await fal.announce(fal.orders.at(-1)!)
  expect(fal.orders.at(-1)!.told).toEqual([204, 204])
  const [charge] = await settled(1)
  expect(charge).toMatchObject({ model })
  expect(charge!.amount_micros).toBeLessThan(0)
})

test('a job that waits is woken by Replicate’s word, and by nobody else’s', async () => {
  const model = await modelOf('replicate', ({ operations }) => operations.includes('generate'))
  replicate.behave({ fault: 'slow', webhook: 'forged' })
  const { id } = await person.json<{ id: string }>('/api/images/jobs', {
    method: 'POST',
    body: JSON.stringify({ operation: 'generate', model, prompt: 'a lighthouse' }),
  })
  const order = await eventually(
    () => replicate.orders.find(({ webhook }) => webhook?.endsWith(id)),
    (found) => found !== undefined,
  )
  await replicate.announce(order!)
  order!.conduct = { looks: 0, fault: null, webhook: 'signed' }
  await replicate.announce(order!)
  expect(order!.told).toEqual([401, 204])
  const job = await eventually(
    () => person.json<{ state: string; item_ids: string[]; cost_micros: number }>(`/api/images/jobs/${id}`),
    ({ state }) => state === 'succeeded',
  )
  const [charge] = await settled(1)
  expect(-charge!.amount_micros).toBe(job.cost_micros)
  expect((await items()).map((item) => item.id)).toEqual(job.item_ids)
})

test('what a vendor refuses is named, costs nothing and leaves nothing; what nobody signed wakes nothing', async () => {
  const model = await modelOf('fal', ({ operations }) => operations.includes('generate'))
  for (const fault of ['refused', 'nsfw'] as const) {
    fal.behave({ looks: 0, fault })
    await expect(openai.images.generate({ model, prompt: 'a lighthouse' })).rejects.toMatchObject({
      code: 'content_rejected',
    })
  }
  await settled(0)
  expect(await items()).toEqual([])
  for (const vendor of ['fal', 'replicate'])
    expect((await post(`${url}/webhooks/images/${vendor}/job_unknown`, {})).status).toBe(401)
})

test('the same Idempotency-Key is one charge and the same picture, also from two callers at once', async () => {
  const ask = () =>
    post(
      `${url}/v1/images/generations`,
      { model: SANDBOX, prompt: 'a lighthouse', size: small },
      { authorization: `Bearer ${key}`, 'idempotency-key': 'lighthouse' },
    ).then(async (response) => (await response.json()) as { data: { item_id: string }[] })
  const [first, second] = await Promise.all([ask(), ask()])
  expect(first.data[0]!.item_id).toBe(second.data[0]!.item_id)
  expect((await ask()).data[0]!.item_id).toBe(first.data[0]!.item_id)
  await settled(1)
})

test('the programs of the documentation run as they are written, and are the same in both languages', async () => {
  const programs = codeBlocksOf('docs/en/images-api.md').map(({ text }) => text)
  expect(codeBlocksOf('docs/ar/images-api.md').map(({ text }) => text)).toEqual(programs)
  const folder = mkdtempSync(join(tmpdir(), 'riwaq-pictures-'))
  const file = join(folder, 'riwaq.png')
  const env = { RIWAQ_BASE_URL: url, RIWAQ_API_KEY: key }
  try {
    const printed: string[] = []
    for (const program of programs) printed.push(await runJavaScript(program.replace('riwaq.png', file), env))
    expect(isPng(readFileSync(file).toString('base64'))).toBe(true)
    expect(printed[0]).toContain((await items()).at(-1)!.id)
    expect(printed[1]).toMatch(/image_generation\.completed \d+/)
  } finally {
    rmSync(folder, { recursive: true })
  }
  await settled(2)
})
