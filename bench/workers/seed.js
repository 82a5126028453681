// Gives the benchmark's organizations their keys and credit, tells what the ledger says afterwards, and grows
// conversations to measure what a turn and a page of them cost.

const owner = { organizationId: 'org_bench', userId: 'usr_bench' }
const text = 'A message of some two hundred characters, as people write them. '.repeat(3)

async function addTurns(conversation, from, count) {
  for (let at = from; at < from + count; at++) {
    const answerId = `msg_a${at}`
    const sent = await conversation.send({
      owner,
      content: text,
      model: 'riwaq/sandbox-guide',
      language: 'en',
      tokens: 50,
      requestId: `req_${at}`,
      title: 'bench',
      messageId: `msg_u${at}`,
      answerId,
    })
    if (!sent.ok) throw new Error(sent.code)
    await conversation.append({ owner, answerId, offset: { content: 0, reasoning: 0 }, content: text, reasoning: '' })
    await conversation.finishAnswer({
      owner,
      answerId,
      status: 'complete',
      finishReason: 'stop',
      error: null,
      usage: { input_tokens: 50, output_tokens: 50 },
      costMicros: 1,
      language: 'en',
      tokens: 50,
    })
  }
}

async function timed(times, work) {
  const started = performance.now()
  for (let at = 0; at < times; at++) await work(at)
  return (performance.now() - started) / times
}

/** Milliseconds of a turn and of opening (one page of 50) while a conversation grows to `sizes` messages. */
async function growConversation(env, sizes) {
  const conversation = env.CONVERSATION.getByName('conv_bench')
  await conversation.create({ owner, id: 'conv_bench', title: null, model: null })
  const rows = []
  let turns = 0
  for (const size of sizes) {
    await addTurns(conversation, turns, size / 2 - turns)
    turns = size / 2
    const turnMs = await timed(20, (at) => addTurns(conversation, turns + at, 1))
    turns += 20
    const openMs = await timed(20, () => conversation.page({ owner, limit: 50 }))
    rows.push({ size, turnMs, openMs })
  }
  return rows
}
export default {
  async fetch(request, env) {
    const { pathname } = new URL(request.url)
    const input = await request.json()
    if (pathname === '/conversation') return Response.json(await growConversation(env, input.sizes))
    const ledger = env.LEDGER.getByName(input.organizationId)
    if (pathname === '/seed') {
      await ledger.grant({ id: 'bench', amountMicros: input.creditMicros })
      await ledger.createKey(input.key)
      return Response.json(await ledger.balance())
    }
    if (pathname === '/balance') return Response.json(await ledger.balance())
    if (pathname === '/entries') return Response.json(await ledger.entries({ limit: input.limit }))
    return new Response('not found', { status: 404 })
  },
}
