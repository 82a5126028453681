// One object per conversation, named by its id: its messages, its branches, the answer that is being written
// and everybody who watches. A leaf: it calls no Worker, and whoever writes an answer comes to it.
import { Server, type Connection } from 'partyserver'
import type { LiveEvent } from '#shared/contracts/conversation'
import {
  OWNER_HEADER,
  toOwnerHeader,
  type AppendInput,
  type ConversationRpc,
  type FinishInput,
  type RegenerateInput,
  type SendInput,
  type SummaryInput,
} from '#shared/contracts/conversation-object'
import { createContext } from './context.ts'
import type { Asked } from './rows.ts'
import { migrate } from './schema.ts'
import { sqlOf } from './sql.ts'
import { createTranscript, type Transcript } from './transcript.ts'

interface Opened {
  transcript: Transcript
  context: ReturnType<typeof createContext>
}

/** Words that were sent on but not yet saved are saved after this long, even if no more follow. */
const SAVE_AFTER_MS = 500

/**
 * A socket was opened by somebody who was signed in and a member then. After this long it is closed at the next
 * event, and whoever still is both opens another at once.
 */
const WATCH_MS = 15 * 60_000

interface Watching {
  since: number
}

export class Conversation extends Server implements ConversationRpc {
  static override options = { hibernate: true }

  #opened: Opened | null = null
  #saving = false

  /** Opened at the first question, and again after an erasure should anybody still ask. */
  get #open() {
    this.#opened ??= this.#start()
    return this.#opened
  }

  #start(): Opened {
    const sql = sqlOf(this.ctx.storage.sql)
    migrate(sql)
    const transcript = createTranscript({ sql, now: () => Date.now(), emit: (event) => this.#emit(event) })
    // A socket's ping is answered without waking the object.
    this.ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
    return { transcript, context: createContext({ sql, transcript }) }
  }

  #emit(event: LiveEvent): void {
    this.broadcast(JSON.stringify(event), this.#dismiss())
  }

  /** Ends what has watched for too long, which hears nothing more. */
  #dismiss(): string[] {
    const now = Date.now()
    const dismissed: string[] = []
    for (const connection of this.getConnections<Watching>()) {
      if (now - (connection.state?.since ?? 0) < WATCH_MS) continue
      dismissed.push(connection.id)
      connection.close(4000, 'again')
    }
    return dismissed
  }

  /** An alarm watches over the running answer: should its writer die, the answer is ended and what came is kept. */
  async #watch(): Promise<void> {
    const at = this.#open.transcript.watchAt()
    if (at === null) await this.ctx.storage.deleteAlarm()
    else await this.ctx.storage.setAlarm(at)
  }

  #saveSoon(): void {
    if (this.#saving || !this.#open.transcript.hasUnsavedPieces()) return
    this.#saving = true
    setTimeout(() => {
      this.#saving = false
      this.save()
    }, SAVE_AFTER_MS)
  }

  /** Writes down what was sent on. */
  save(): void {
    this.#opened?.transcript.savePieces()
  }

  override async fetch(request: Request): Promise<Response> {
    const snapshot = this.#open.transcript.snapshot()
    const [organizationId = '', userId = ''] = (request.headers.get(OWNER_HEADER) ?? '').split('/')
    const owner = { organizationId, userId }
    const known =
      snapshot && toOwnerHeader(owner) === request.headers.get(OWNER_HEADER) && this.#open.transcript.owned(owner)
    if (!known || request.headers.get('upgrade')?.toLowerCase() !== 'websocket')
      return new Response('Not found', { status: 404 })
    return super.fetch(request)
  }

  override onConnect(connection: Connection<Watching>): void {
    connection.setState({ since: Date.now() })
    connection.send(JSON.stringify(this.#open.transcript.snapshot()))
  }

  /** Clients only listen. */
  override onMessage(): void {}

  override async onAlarm(): Promise<void> {
    this.#open.transcript.watch()
    await this.#watch()
  }

  async create(input: Asked<'create'>) {
    return this.#open.transcript.create(input)
  }

  async read(input: Asked<'read'>) {
    return this.#open.transcript.read(input)
  }

  async update(input: Asked<'update'>) {
    return this.#open.transcript.update(input)
  }

  async suggestTitle(input: Asked<'suggestTitle'>) {
    return this.#open.transcript.suggestTitle(input)
  }

  async page(input: Asked<'page'>) {
    return this.#open.transcript.page(input)
  }

  async send(input: SendInput) {
    const sent = this.#open.transcript.send(input)
    await this.#watch()
    return sent
  }

  async regenerate(input: RegenerateInput) {
    const regenerated = this.#open.transcript.regenerate(input)
    await this.#watch()
    return regenerated
  }

  async edit(input: Asked<'edit'>) {
    return this.#open.transcript.edit(input)
  }

  async showBranch(input: Asked<'showBranch'>) {
    return this.#open.transcript.showBranch(input)
  }

  async stop(input: Asked<'stop'>) {
    return this.#open.transcript.stop(input)
  }

  async context(input: Asked<'context'>) {
    return this.#open.context.context(input)
  }

  async compaction(input: Asked<'compaction'>) {
    return this.#open.context.compaction(input)
  }

  async addSummary(input: SummaryInput) {
    return this.#open.context.addSummary(input, Date.now())
  }

  async append(input: AppendInput) {
    const appended = this.#open.transcript.append(input)
    this.#saveSoon()
    return appended
  }

  async touch(input: Asked<'touch'>) {
    const touched = this.#open.transcript.touch(input)
    await this.#watch()
    return touched
  }

  async finishAnswer(input: FinishInput) {
    const finished = this.#open.transcript.finishAnswer(input)
    await this.#watch()
    return finished
  }

  async exportMessages(input: Asked<'exportMessages'>) {
    return this.#open.transcript.exportMessages(input)
  }

  async erase({ owner }: Asked<'erase'>): Promise<void> {
    if (!this.#open.transcript.owned(owner)) return
    this.#emit({ type: 'conversation-deleted' })
    for (const connection of this.getConnections()) connection.close(1000, 'deleted')
    await this.ctx.storage.deleteAlarm()
    await this.ctx.storage.deleteAll()
    this.#opened = null
  }
}
