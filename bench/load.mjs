// The benchmark's client, a process of its own so that its work is not counted as the target's. One job a run,
// given as JSON; the result is one line of JSON. Nothing here retries: a failure is counted and shown.
import { Agent, request as send } from 'node:http'

const job = JSON.parse(process.argv[2])
const { hostname, port, pathname } = new URL(job.url)
const agent = new Agent({ keepAlive: true, maxSockets: 1000 })
const prompt = 'The quick brown fox jumps over the lazy dog. '.repeat(25).slice(0, 1000)

const bodyOf = (content, stream) =>
  JSON.stringify({ model: job.model, max_tokens: 400, stream, messages: [{ role: 'user', content }] })

function ask(body, { onData, onOpen, fresh } = {}) {
  return new Promise((done) => {
    const started = performance.now()
    const outgoing = send({
      hostname,
      port,
      path: pathname,
      method: 'POST',
      agent: fresh ? false : agent,
      headers: { ...job.headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    })
    outgoing.on('error', (error) => done({ ok: false, status: error.code, ms: performance.now() - started }))
    outgoing.on('response', (response) => {
      onOpen?.(outgoing, response)
      let size = 0
      let text = ''
      response.on('data', (chunk) => {
        size += chunk.length
        if (response.statusCode !== 200) text += chunk
        onData?.(chunk, performance.now() - started)
      })
      response.on('error', () => done({ ok: false, status: 'cut', ms: performance.now() - started }))
      response.on('end', () =>
        done({
          ok: response.statusCode === 200,
          status: response.statusCode,
          size,
          text,
          ms: performance.now() - started,
        }),
      )
    })
    outgoing.end(body)
  })
}

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]

async function whole({ requests, concurrency }) {
  const body = bodyOf(prompt, false)
  const times = []
  let failed = 0
  let firstFailure = null
  let left = requests
  const started = performance.now()
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (left-- > 0) {
        const outcome = await ask(body)
        if (outcome.ok) times.push(outcome.ms)
        else {
          failed += 1
          firstFailure ??= { status: outcome.status, text: outcome.text }
        }
      }
    }),
  )
  const seconds = (performance.now() - started) / 1000
  times.sort((a, b) => a - b)
  return { rps: times.length / seconds, p50: quantile(times, 0.5), p99: quantile(times, 0.99), failed, firstFailure }
}

async function streams({ count, tokens, paceMs, spreadMs = 0 }) {
  const body = bodyOf(JSON.stringify({ tokens, paceMs }), true)
  const firsts = []
  let events = 0
  let failed = 0
  let firstFailure = null
  const started = performance.now()
  await Promise.all(
    Array.from({ length: count }, async (_, at) => {
      if (spreadMs > 0) await new Promise((done) => setTimeout(done, (at * spreadMs) / count))
      let first = null
      let seen = ''
      const outcome = await ask(body, {
        onData: (chunk, ms) => {
          first ??= ms
          seen += chunk
        },
      })
      const tokensSeen = seen.split('word ').length - 1
      events += tokensSeen
      if (first !== null) firsts.push(first)
      if (!outcome.ok || tokensSeen !== tokens || !seen.trimEnd().endsWith('[DONE]')) {
        failed += 1
        firstFailure ??= { status: outcome.status, tokensSeen, tail: seen.slice(-200) }
      }
    }),
  )
  firsts.sort((a, b) => a - b)
  return {
    firstMs: quantile(firsts, 0.5),
    firstP99: quantile(firsts, 0.99),
    events,
    seconds: (performance.now() - started) / 1000,
    failed,
    firstFailure,
  }
}

/** Each client reads a few tokens and vanishes; when it did is compared with when the provider noticed. */
async function hangUps({ count }) {
  const left = []
  for (let at = 0; at < count; at++) {
    await new Promise((done) => {
      let seen = 0
      const body = bodyOf(JSON.stringify({ tokens: 3000, paceMs: 10 }), true)
      let outgoing
      void ask(body, {
        fresh: true,
        onOpen: (opened) => (outgoing = opened),
        onData: () => {
          seen += 1
          if (seen !== 5) return
          left.push(Date.now())
          outgoing.destroy()
          done()
        },
      })
    })
  }
  return { left }
}

const jobs = { whole, streams, hangUps }
console.log(JSON.stringify(await jobs[job.kind](job)))
process.exit(0)
