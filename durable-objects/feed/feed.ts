// One per member of an organization, named by `feedName`: their open pages, and what they are told as it happens. Nothing is
// kept: a page that was away asks the lists again. Its sockets outlive it while nothing happens (they hibernate).
import { DurableObject } from 'cloudflare:workers'
import type { FeedEvent, FeedMessage, FeedRpc } from '#shared/contracts/feed'
import { fullBucket } from '#shared/lib/token-bucket'
import { admitEvents, type FeedLoad } from './admit-events.ts'

const MOST_SOCKETS = 20

/**
 * A socket was opened by somebody who was signed in and a member then. After this long it is closed at the next
 * event, and whoever still is both opens another at once.
 */
const WATCH_MS = 15 * 60_000

/** What a socket remembers while the object sleeps. */
interface Watching {
  since: number
  epoch: string
  sequence: number
}

const watchingOf = (socket: WebSocket) => socket.deserializeAttachment() as Watching

export class Feed extends DurableObject implements FeedRpc {
  #epoch: string = crypto.randomUUID()
  #sequence = 0
  #load: FeedLoad = { previews: fullBucket, others: fullBucket }

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env)
    // A socket's ping is answered without waking the object.
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
    // Whoever slept through nothing goes on counting where they were.
    for (const socket of ctx.getWebSockets()) {
      const { epoch, sequence } = watchingOf(socket)
      if (sequence >= this.#sequence) [this.#epoch, this.#sequence] = [epoch, sequence]
    }
  }

  override fetch(request: Request): Response {
    if (request.headers.get('upgrade')?.toLowerCase() !== 'websocket') return new Response('Not found', { status: 404 })
    if (this.ctx.getWebSockets().length >= MOST_SOCKETS) return new Response('Too many pages', { status: 429 })
    const { 0: client, 1: server } = new WebSocketPair()
    this.ctx.acceptWebSocket(server)
    this.#remember(server, Date.now())
    return new Response(null, { status: 101, webSocket: client })
  }

  #remember(socket: WebSocket, since: number): void {
    socket.serializeAttachment({ since, epoch: this.#epoch, sequence: this.#sequence } satisfies Watching)
  }

  async publish(events: FeedEvent[]): Promise<void> {
    const now = Date.now()
    const sockets = this.ctx.getWebSockets().filter((socket) => this.#mayWatch(socket, now))
    if (sockets.length === 0) return
    const { admitted, load } = admitEvents(events, this.#load, now)
    this.#load = load
    const messages = admitted.map((event): FeedMessage => {
      this.#sequence += 1
      return { ...event, sequence: this.#sequence, epoch: this.#epoch }
    })
    for (const socket of sockets) this.#send(socket, messages)
  }

  /** Ends what has watched for too long, which hears nothing more. */
  #mayWatch(socket: WebSocket, now: number): boolean {
    if (now - watchingOf(socket).since < WATCH_MS) return true
    socket.close(4000, 'again')
    return false
  }

  #send(socket: WebSocket, messages: FeedMessage[]): void {
    try {
      for (const message of messages) socket.send(JSON.stringify(message))
      this.#remember(socket, watchingOf(socket).since)
    } catch {
      // It is closing: whoever is behind it asks the lists again.
    }
  }

  /** Pages only listen. */
  override webSocketMessage(): void {}
}
