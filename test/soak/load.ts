// Steady callers: some hold one stream after another open, some ask for a whole answer now and then. Nothing is tried
// again; what fails is counted.
import { Agent, request as send } from 'node:http'

export interface Target {
  url: string
  headers: Record<string, string>
  model: string
}

export interface Tally {
  streams: number
  answers: number
  tokens: number
  failed: number
  firstFailure: string | null
}

export interface Rate {
  /** Streams that are open all the time. */
  streams: number
  tokens: number
  paceMs: number
  answersPerSecond: number
}

const prompt = 'The quick brown fox jumps over the lazy dog. '.repeat(25).slice(0, 1_000)
const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds))

export function startLoad(target: Target, rate: Rate): { tally: Tally; stop(): Promise<void> } {
  const tally: Tally = { streams: 0, answers: 0, tokens: 0, failed: 0, firstFailure: null }
  const agent = new Agent({ keepAlive: true, maxSockets: 500 })
  let over = false

  function ask(content: string, stream: boolean): Promise<{ status: number | string; text: string }> {
    const body = JSON.stringify({
      model: target.model,
      max_tokens: 400,
      stream,
      messages: [{ role: 'user', content }],
    })
    return new Promise((done) => {
      const outgoing = send(`${target.url}/v1/chat/completions`, {
        method: 'POST',
        agent,
        headers: {
          ...target.headers,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        },
      })
      let text = ''
      outgoing.on('error', (error) => done({ status: error.message, text }))
      outgoing.on('response', (response) => {
        response.setEncoding('utf8')
        response.on('data', (part: string) => (text += part))
        response.on('error', () => done({ status: 'cut', text }))
        response.on('end', () => done({ status: response.statusCode ?? 0, text }))
      })
      outgoing.end(body)
    })
  }

  function fail(status: number | string, text: string): void {
    tally.failed += 1
    tally.firstFailure ??= `${status} ${text.slice(-300)}`
  }

  async function listen(): Promise<void> {
    // Begun apart, so that they do not end together.
    await pause(Math.random() * rate.tokens * rate.paceMs)
    while (!over) {
      const { status, text } = await ask(JSON.stringify({ tokens: rate.tokens, paceMs: rate.paceMs }), true)
      const tokens = text.split('word ').length - 1
      tally.tokens += tokens
      if (status === 200 && tokens === rate.tokens && text.trimEnd().endsWith('[DONE]')) tally.streams += 1
      else fail(status, text)
    }
  }

  async function question(): Promise<void> {
    const { status, text } = await ask(prompt, false)
    if (status === 200) tally.answers += 1
    else fail(status, text)
  }

  async function askNowAndThen(): Promise<void> {
    const running = new Set<Promise<void>>()
    while (!over) {
      const asked: Promise<void> = question().finally(() => running.delete(asked))
      running.add(asked)
      await pause(1_000 / rate.answersPerSecond)
    }
    await Promise.all(running)
  }

  const callers = [
    ...Array.from({ length: rate.streams }, listen),
    ...(rate.answersPerSecond > 0 ? [askNowAndThen()] : []),
  ]
  return {
    tally,
    async stop() {
      over = true
      await Promise.all(callers)
      agent.destroy()
    },
  }
}
