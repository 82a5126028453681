// The provider of the benchmark: OpenAI's shapes, nothing else to do. How long and how fast it answers is said
// by the last message, as JSON: {"tokens": 100, "paceMs": 20}. `/stats` tells who hung up and when.
import { createServer } from 'node:http'

const port = Number(process.argv[2])
const filler = 'The quick brown fox jumps over the lazy dog. '.repeat(25).slice(0, 1000)
const answer = JSON.stringify({
  id: 'chatcmpl-bench',
  object: 'chat.completion',
  created: 1,
  model: 'bench',
  choices: [{ index: 0, message: { role: 'assistant', content: filler }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 250, completion_tokens: 200, total_tokens: 450 },
})
const chunk = (delta, finish = null) =>
  `data: ${JSON.stringify({ id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: 1, model: 'bench', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`
const token = chunk({ content: 'word ' })
const usage = (tokens) =>
  `data: ${JSON.stringify({ id: 'chatcmpl-bench', object: 'chat.completion.chunk', created: 1, model: 'bench', choices: [], usage: { prompt_tokens: 250, completion_tokens: tokens, total_tokens: 250 + tokens } })}\n\n`
const hangUps = []

function stream(response, { tokens = 100, paceMs = 0 }) {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  let sent = 0
  let finished = false
  response.on('close', () => {
    if (!finished) hangUps.push({ at: Date.now(), sent })
  })
  const end = () => {
    finished = true
    response.end(`${chunk({}, 'stop')}${usage(tokens)}data: [DONE]\n\n`)
  }
  if (paceMs === 0) {
    while (sent < tokens) {
      response.write(token)
      sent += 1
    }
    return end()
  }
  response.write(token)
  sent = 1
  const timer = setInterval(() => {
    if (response.destroyed) return clearInterval(timer)
    if (sent >= tokens) {
      clearInterval(timer)
      return end()
    }
    response.write(token)
    sent += 1
  }, paceMs)
}

createServer((request, response) => {
  if (request.url === '/stats') {
    response.end(JSON.stringify(hangUps.splice(0)))
    return
  }
  if (request.method !== 'POST') {
    response.writeHead(404).end()
    return
  }
  let text = ''
  request.setEncoding('utf8')
  request.on('data', (part) => (text += part))
  request.on('end', () => {
    const body = JSON.parse(text)
    if (body.stream) {
      const last = body.messages.at(-1).content
      return stream(response, JSON.parse(last.slice(last.indexOf('{'))))
    }
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(answer)
  })
}).listen(port, '127.0.0.1', () => console.log('ready'))
