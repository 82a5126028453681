// One request over a plain connection, which sends what a careful client would refuse to send.
import { Agent, request as send, type IncomingMessage } from 'node:http'
import type { Asked, Place } from './plan.ts'
import type { FuzzWorld, Ids } from './world.ts'

export interface Answered {
  asked: Asked
  path: string
  foreign: boolean
  /** Null: no answer came. */
  status: number | null
  contentType: string
  requestId: string
  text: string
  broken: boolean
  left: boolean
}

const agent = new Agent({ keepAlive: true, maxSockets: 200 })
const MODELS = ['compatible/counting', 'riwaq%2Fsandbox-guide', 'compatible/unpriced', 'nobody/nothing']
const NONE = 'none_0000000000000000000000000'

function wordFor(place: Place, { own, foreign }: { own: Ids; foreign: Ids }): string {
  if ('raw' in place) return place.raw
  if (place.kind === 'models') return MODELS[place.at % MODELS.length]!
  const ids = (place.of === 'own' ? own : foreign)[place.kind] ?? []
  // One in ten is of nobody.
  return place.at % 10 === 9 || ids.length === 0 ? NONE : encodeURIComponent(ids[place.at % ids.length]!)
}

const isWild = ({ caller }: Asked): boolean => caller === 'wild owner' || caller === 'wild key'

function pathOf(asked: Asked, world: FuzzWorld): string {
  const ids = { own: isWild(asked) ? world.wild : world.own, foreign: world.foreign }
  const path = asked.operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => wordFor(asked.places[name]!, ids))
  return `${path}${asked.query}`
}

/** What was made is asked for by later requests. */
function remember(asked: Asked, { status, text }: Answered, world: FuzzWorld): void {
  const kind = asked.operation.path.split('/').at(-1)!
  const pool = (isWild(asked) ? world.wild : world.own)[kind]
  if (!pool || pool.length > 40 || asked.operation.method !== 'POST' || (status !== 201 && status !== 200)) return
  const [, id] = /"id":"(\w+)"/.exec(text) ?? []
  if (id && asked.caller !== 'throwaway') pool.push(id)
}

export async function sendAsked(asked: Asked, { url, world }: { url: string; world: FuzzWorld }): Promise<Answered> {
  const { hostname, port } = new URL(url)
  const path = pathOf(asked, world)
  const answered: Answered = {
    asked,
    path,
    foreign: Object.values(asked.places).some(
      (place) =>
        'of' in place && place.of === 'foreign' && !['models', 'limits'].includes(place.kind) && place.at % 10 !== 9,
    ),
    status: null,
    contentType: '',
    requestId: '',
    text: '',
    broken: false,
    left: false,
  }
  await new Promise<void>((done) => {
    const outgoing = send({
      hostname,
      port,
      path,
      method: asked.operation.method,
      agent: asked.leaves ? false : agent,
      headers: {
        ...(asked.body !== null && {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(asked.body),
        }),
        ...world.headersOf(asked.caller, asked.at),
        ...asked.headers,
      },
    })
    const over = (broken: boolean) => {
      answered.broken ||= broken && !answered.left
      done()
    }
    const read = (response: IncomingMessage) => {
      answered.status = response.statusCode ?? null
      answered.contentType = (response.headers['content-type'] ?? '').split(';')[0]!
      answered.requestId = String(response.headers['x-request-id'] ?? '')
      response.setEncoding('utf8')
      response.on('data', (part: string) => {
        answered.text += part
        if (!asked.leaves) return
        answered.left = true
        outgoing.destroy()
      })
      response.on('end', () => over(!response.complete))
      response.on('error', () => over(true))
      response.on('close', () => over(!response.complete))
    }
    outgoing.on('error', () => over(true))
    outgoing.on('response', read)
    outgoing.end(asked.body ?? undefined)
  })
  remember(asked, answered, world)
  return answered
}
