// What is kept of an answer, who may read it, and how a conversation goes on from it.
import { NotFoundError, type APIError } from 'openai'
import { expect, test } from 'vitest'
import type { Principal } from '#shared/contracts/principal'
import type { LanguageEvent } from '#shared/providers/spec/language-model'
import { clientOf, twoCalls, weather, words, worldOf } from '../dialects/openai-responses/testing.ts'
import { createChatWorld, finish, member, sayingModel } from '../testing.ts'
import { eraseResponses, sweepResponses } from './forget-responses.ts'
import { MAX_STORED_BYTES } from './stored-responses.ts'
import { createTestResponses } from './testing.ts'

const model = 'fake/words'
const stranger = { ...member, organizationId: 'org_other00000001' } as Principal
const refusalOf = (asking: Promise<unknown>): Promise<APIError> =>
  asking.then(
    () => {
      throw new Error('it was not refused')
    },
    (error: unknown) => error as APIError,
  )

test('a kept answer can be read as it was told, and as the stream that it was', async () => {
  const { client } = worldOf(twoCalls)
  const params = { model, input: 'Weather?', tools: [weather], reasoning: { summary: 'auto' as const } }
  const told = await client.responses.stream(params).finalResponse()
  const read = await client.responses.retrieve(told.id)
  expect(read.output).toEqual(told.output.map((item) => expect.objectContaining({ id: item.id, type: item.type })))
  expect(read.usage).toEqual(told.usage)
  const replayed = await client.responses.stream({ response_id: told.id }).finalResponse()
  expect(replayed.output).toEqual(
    told.output.map((item) => ({ ...item, ...('parsed_arguments' in item && { parsed_arguments: null }) })),
  )
  const rest = await Array.fromAsync(await client.responses.retrieve(told.id, { stream: true, starting_after: 1 }))
  expect(rest[0]).toMatchObject({ type: 'response.output_item.added', sequence_number: 2 })
})

test('seals are kept, and shown to who asks for them', async () => {
  const { client } = worldOf(twoCalls)
  const { id } = await client.responses.create({ model, input: 'Weather?', tools: [weather] })
  expect((await client.responses.retrieve(id)).output[0]).not.toHaveProperty('encrypted_content')
  const read = await client.responses.retrieve(id, { include: ['reasoning.encrypted_content'] })
  expect(read.output[0]).toMatchObject({ encrypted_content: 'riwaq1.sealed' })
})

test('an answer goes on from a kept one, with everything that came before it', async () => {
  const { client, asked } = worldOf(words)
  const first = await client.responses.create({ model, input: 'one', instructions: 'Be short.' })
  const second = await client.responses.create({ model, input: 'two', previous_response_id: first.id })
  await client.responses.create({ model, input: 'three', previous_response_id: second.id })
  expect(second.previous_response_id).toBe(first.id)
  const said = asked[2]!.messages.map((message) => [
    message.role,
    message.content.map((part) => 'text' in part && part.text),
  ])
  expect(said).toEqual([
    ['user', ['one']],
    ['assistant', ['one two']],
    ['user', ['two']],
    ['assistant', ['one two']],
    ['user', ['three']],
  ])
})

test('the history is paid for: it is part of what is held and charged', async () => {
  const { client, world } = worldOf([{ type: 'text-delta', text: 'ok' }, finish(null)])
  const first = await client.responses.create({ model, input: 'word '.repeat(500) })
  await client.responses.create({ model, input: 'more', previous_response_id: first.id })
  await world.settled()
  const [later, earlier] = await world.charges()
  expect(later!.usage!.input_tokens).toBeGreaterThan(earlier!.usage!.input_tokens!)
})

test('a conversation that began with one vendor goes on with another, calls and results intact', async () => {
  const one = sayingModel(twoCalls)
  const other = sayingModel(words)
  const world = createChatWorld({ models: { 'a/one': one.model, 'b/other': other.model } })
  const client = clientOf(world)
  const first = await client.responses.create({ model: 'a/one', input: 'Weather?', tools: [weather] })
  await client.responses.create({
    model: 'b/other',
    previous_response_id: first.id,
    input: [
      { type: 'function_call_output', call_id: 'call_1', output: 'sunny' },
      { type: 'function_call_output', call_id: 'call_2', output: 'rain' },
    ],
  })
  expect(other.asked[0]!.messages).toEqual([
    { role: 'user', content: [{ type: 'text', text: 'Weather?' }] },
    {
      role: 'assistant',
      content: [
        { type: 'reasoning', text: 'Two places.', signature: 'sealed' },
        { type: 'text', text: 'Looking.' },
        { type: 'tool-call', id: 'call_1', name: 'weather', input: '{"place":"Cairo"}' },
        { type: 'tool-call', id: 'call_2', name: 'weather', input: '{"place":"Tunis"}' },
      ],
    },
    {
      role: 'user',
      content: [
        { type: 'tool-result', callId: 'call_1', content: [{ type: 'text', text: 'sunny' }] },
        { type: 'tool-result', callId: 'call_2', content: [{ type: 'text', text: 'rain' }] },
      ],
    },
  ])
})

test('an item of a kept answer can be named by its id alone, also from an answer after it', async () => {
  const { client, asked } = worldOf(words)
  const first = await client.responses.create({ model, input: 'one' })
  const second = await client.responses.create({
    model,
    input: [
      { role: 'user', content: 'one' },
      { type: 'item_reference', id: first.output[0]!.id! },
      { role: 'user', content: 'two' },
    ],
  })
  await client.responses.create({
    model,
    input: [
      { type: 'item_reference', id: first.output[0]!.id! },
      { id: second.output[0]!.id! },
      { role: 'user', content: 'three' },
    ],
  })
  expect(asked[1]!.messages[1]).toEqual({ role: 'assistant', content: [{ type: 'text', text: 'one two' }] })
  expect(asked[2]!.messages[0]!.content).toHaveLength(2)
})

test('more names than anybody needs are not looked up', async () => {
  const { client } = worldOf(words)
  const input = Array.from({ length: 501 }, (_, at) => ({ type: 'item_reference' as const, id: `msg_${at}` }))
  expect(await refusalOf(client.responses.create({ model, input }))).toMatchObject({ status: 400, param: 'input' })
})

test('reasoning that comes back without its seal is given it again', async () => {
  const { client, asked } = worldOf(twoCalls)
  const first = await client.responses.create({ model, input: 'Weather?', tools: [weather] })
  const [thought, ...rest] = first.output
  await client.responses.create({
    model,
    tools: [weather],
    input: [
      { role: 'user', content: 'Weather?' },
      thought as never,
      ...(rest as never[]),
      { type: 'function_call_output', call_id: 'call_1', output: 'sunny' },
      { type: 'function_call_output', call_id: 'call_2', output: 'rain' },
    ],
  })
  expect(asked[1]!.messages[1]!.content[0]).toEqual({ type: 'reasoning', text: 'Two places.', signature: 'sealed' })
})

test('what is of another organization is not there', async () => {
  const { client, world } = worldOf(words)
  const { id, output } = await client.responses.create({ model, input: 'x' })
  const foreign = clientOf(world, stranger)
  const attempts = [
    () => foreign.responses.retrieve(id),
    () => foreign.responses.delete(id),
    () => foreign.responses.cancel(id),
    () => foreign.responses.inputItems.list(id),
    () => foreign.responses.create({ model, input: 'x', previous_response_id: id }),
    () => foreign.responses.create({ model, input: [{ type: 'item_reference', id: output[0]!.id! }] }),
  ]
  for (const attempt of attempts) {
    const error = await refusalOf(attempt() as Promise<unknown>)
    expect(error).toBeInstanceOf(NotFoundError)
    expect(error.code).toBe('not_found')
  }
  expect(await client.responses.retrieve(id)).toMatchObject({ id })
})

test('a colleague in the same organization may go on', async () => {
  const { client, world } = worldOf(words)
  const { id } = await client.responses.create({ model, input: 'x' })
  const colleague = clientOf(world, { ...member, userId: 'usr_test00000002' } as Principal)
  expect(await colleague.responses.create({ model, input: 'y', previous_response_id: id })).toMatchObject({
    status: 'completed',
  })
})

test.each([
  ['that was never there', 'resp_00000000000000000000000a'],
  ['that is no id of ours', '../../idempotency'],
])('going on from an answer %s is refused by the name of the parameter', async (_what, id) => {
  const { client } = worldOf(words)
  expect(await refusalOf(client.responses.create({ model, input: 'x', previous_response_id: id }))).toMatchObject({
    status: 404,
    code: 'not_found',
    param: 'previous_response_id',
  })
})

test('`store: false` keeps nothing, and says so', async () => {
  const { client, world } = worldOf(words)
  const response = await client.responses.create({ model, input: 'x', store: false })
  expect(response).toMatchObject({ store: false })
  expect(world.bucket.keys()).toEqual([])
  expect(await refusalOf(client.responses.retrieve(response.id))).toMatchObject({ status: 404 })
})

test.each([{ zero_retention: true }, { response_retention_days: 0 }])(
  'an organization that decided %o keeps nothing either',
  async (decided) => {
    const { client, world } = worldOf(words)
    const { policy } = await world.ledger.policy()
    await world.ledger.setPolicy({ policy: { ...policy, ...decided } })
    expect(await client.responses.create({ model, input: 'x', store: true })).toMatchObject({ store: false })
    expect(world.bucket.keys()).toEqual([])
  },
)

test('an answer is gone when its organization’s retention is over', async () => {
  const { client, world } = worldOf(words)
  const { policy } = await world.ledger.policy()
  await world.ledger.setPolicy({ policy: { ...policy, response_retention_days: 2 } })
  const { id } = await client.responses.create({ model, input: 'x' })
  world.clock.advance(2 * 86_400_000 - 1)
  expect(await client.responses.retrieve(id)).toMatchObject({ id })
  world.clock.advance(1)
  expect(await refusalOf(client.responses.retrieve(id))).toMatchObject({ status: 404 })
  expect(await refusalOf(client.responses.create({ model, input: 'x', previous_response_id: id }))).toMatchObject({
    status: 404,
  })
})

test('a deleted answer is gone; what went on from it is not', async () => {
  const { client, world, asked } = worldOf(words)
  const first = await client.responses.create({ model, input: 'one' })
  const second = await client.responses.create({ model, input: 'two', previous_response_id: first.id })
  const response = await world.ask(`/v1/responses/${first.id}`, '', { method: 'DELETE' })
  expect(await response.json()).toEqual({ id: first.id, object: 'response', deleted: true })
  expect(await refusalOf(client.responses.delete(first.id))).toMatchObject({ status: 404 })
  await client.responses.create({ model, input: 'three', previous_response_id: second.id })
  expect(asked[2]!.messages).toHaveLength(5)
})

test('a conversation that has become too long to be kept is answered, and says that it was not', async () => {
  const { client, world } = worldOf(words, {
    balanceMicros: 1_000_000_000,
    models: { [model]: { catalog: { contextTokens: 50_000_000 }, model: sayingModel(words).model } },
  })
  const response = await client.responses.create({ model, input: 'x'.repeat(MAX_STORED_BYTES) })
  expect(response).toMatchObject({ status: 'completed', store: false })
  expect(world.bucket.keys()).toEqual([])
})

test('input items are listed in pages, newest first, the history included', async () => {
  const { client } = worldOf(words)
  const first = await client.responses.create({ model, input: 'one' })
  const second = await client.responses.create({
    model,
    input: [{ role: 'user', content: 'two' }],
    previous_response_id: first.id,
  })
  const all = await Array.fromAsync(client.responses.inputItems.list(second.id, { limit: 1, order: 'asc' }))
  expect(all.map((item) => [item.type, 'role' in item && item.role])).toEqual([
    ['message', 'user'],
    ['message', 'assistant'],
    ['message', 'user'],
  ])
  expect(all.map(({ id }) => id).every(Boolean)).toBe(true)
  const newest = await client.responses.inputItems.list(second.id, { limit: 2 })
  expect(newest.data[0]).toMatchObject({ content: [{ type: 'input_text', text: 'two' }], status: 'completed' })
  expect(newest.has_more).toBe(true)
  expect(await refusalOf(client.responses.inputItems.list(second.id, { after: 'msg_no' }))).toMatchObject({
    status: 400,
    param: 'after',
  })
})

test('cancelling and compacting are refused by name', async () => {
  const { client } = worldOf(words)
  const { id } = await client.responses.create({ model, input: 'x' })
  expect(await refusalOf(client.responses.cancel(id))).toMatchObject({ status: 400, param: 'background' })
  const compact = await refusalOf(client.responses.compact({ model }))
  expect(compact).toMatchObject({ status: 404, code: 'not_found', message: expect.stringContaining('compact') })
})

test('what has expired is swept in batches, and only that', async () => {
  const { responses, bucket, database } = createTestResponses()
  const answer = (at: number) => ({
    response: { id: `resp_${String(at).padStart(24, '0')}`, output: [{ id: `msg_${at}` }] } as never,
    input: [],
  })
  for (let at = 0; at < 200; at++)
    await responses.keep(answer(at), { organizationId: 'org_a', userId: 'usr_a', at: 0, expiresAt: at })
  const shelf = { bucket: bucket.bucket, database: database() }
  expect(await sweepResponses(shelf, 149)).toBe(150)
  expect(bucket.keys()).toHaveLength(50)
  expect(await responses.locate({ organizationId: 'org_a', itemIds: ['msg_1', 'msg_160'], now: 0 })).toEqual([
    `resp_${'160'.padStart(24, '0')}`,
  ])
  expect(await sweepResponses(shelf, 149)).toBe(0)
})

test('a member’s answers are erased with them, an organization’s with it', async () => {
  const { responses, bucket, database } = createTestResponses()
  const owners = [
    { organizationId: 'org_a', userId: 'usr_a' },
    { organizationId: 'org_a', userId: 'usr_b' },
    { organizationId: 'org_b', userId: 'usr_a' },
    { organizationId: 'org_b', userId: null },
  ]
  for (const [at, owner] of owners.entries())
    await responses.keep(
      { response: { id: `resp_${String(at).padStart(24, '0')}`, output: [] } as never, input: [] },
      { ...owner, at: 0, expiresAt: 1 },
    )
  const shelf = { bucket: bucket.bucket, database: database() }
  expect(await eraseResponses(shelf, { userId: 'usr_a' })).toBe(2)
  expect(bucket.keys().map((key) => key.split('/')[1])).toEqual(['org_a', 'org_b'])
  expect(await eraseResponses(shelf, { organizationId: 'org_a', userId: 'usr_z' })).toBe(1)
  expect(bucket.keys()).toHaveLength(1)
})

test('a failed answer is not kept', async () => {
  const { client, world } = worldOf(async function* (): AsyncGenerator<LanguageEvent> {
    yield { type: 'text-delta', text: 'half' }
    throw new Error('gone')
  })
  await refusalOf(client.responses.create({ model, input: 'x' }))
  await refusalOf(client.responses.stream({ model, input: 'x' }).finalResponse())
  expect(world.bucket.keys()).toEqual([])
})
