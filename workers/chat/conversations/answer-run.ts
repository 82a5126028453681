// One answer, from the conversation's branch to its last word. However it ends, what was delivered stays,
// and the conversation is told how it ended.
import { estimateRequestTokens } from '#shared/catalog/estimate-tokens'
import type { FinishInput, ConversationRpc, Owner } from '#shared/contracts/conversation-object'
import type { Payer } from '#shared/contracts/ledger'
import type { LibraryQuestions } from '#shared/contracts/library'
import type { CatalogModel } from '#shared/contracts/model'
import type { Logger } from '#shared/http/log'
import { logProblem } from '#shared/http/create-service-app'
import { toProblem } from '#shared/http/render-problem'
import type { Clock } from '#shared/lib/clock'
import type { CreateId } from '#shared/lib/ids'
import type { Completion, CompleteInput } from '../complete.ts'
import { picturesOf } from './attachments.ts'
import { buildRequest, languageOf } from './build-request.ts'
import { fitContext } from './compact.ts'
import { createDeltaWriter } from './delta-writer.ts'
import { cleanTitle, titleRequest } from './titles.ts'
import { turnTokens } from './tokens.ts'

export interface AnswerJob {
  conversationId: string
  owner: Owner
  payer: Payer
  answerId: string
  requestId: string
  model: string
  /** Known once the provider is about to be asked: what a crash would leave to be charged. */
  promptTokens?: number
}

export interface AnswerRunContext {
  conversation: Pick<
    ConversationRpc,
    'context' | 'compaction' | 'addSummary' | 'append' | 'finishAnswer' | 'suggestTitle'
  >
  /** Metered, with this job's payer and signal. */
  complete: (input: CompleteInput) => Promise<Pick<Completion, 'events' | 'settled' | 'shortened'>>
  resolveModel: (id: string) => CatalogModel | Promise<CatalogModel>
  /** Where the pictures lie that were sent with messages. */
  library: Pick<LibraryQuestions, 'open'>
  /** Stop: ends the vendor's stream as well. */
  controller: AbortController
  detectLanguage: (text: string, prior: string | null) => Promise<string | null>
  clock: Clock
  createId: CreateId
  wait: (milliseconds: number) => Promise<void>
  logger: Logger
  /** Before the provider is asked, with the size of what it is asked. */
  onAsking: (promptTokens: number) => Promise<void>
  /** The answer has ended and the conversation knows. */
  onFinished: () => Promise<void>
  onTitle: (title: string) => Promise<void>
}

/** How long the conversation waits to be told the price of an answer that has ended. */
const SETTLEMENT_MS = 10_000

type End = Pick<FinishInput, 'status' | 'finishReason' | 'error'>

interface Written extends End {
  model: CatalogModel | null
  costMicros: number | null
  usage: FinishInput['usage']
  content: string
  question: string
  language: string | null
  wantsTitle: boolean
}

const nothingWritten: Written = {
  status: 'complete',
  finishReason: null,
  error: null,
  model: null,
  costMicros: 0,
  usage: null,
  content: '',
  question: '',
  language: null,
  wantsTitle: false,
}

const failed = (error: unknown, { delivered, ctx }: { delivered: boolean; ctx: AnswerRunContext }): End => {
  if (ctx.controller.signal.aborted) return { status: 'stopped', finishReason: null, error: null }
  const problem = toProblem(error)
  logProblem(ctx.logger, problem)
  return {
    status: delivered ? 'interrupted' : 'failed',
    finishReason: null,
    error: { code: problem.code, message: problem.message },
  }
}

/** Opens the model's stream on the branch that leads to this answer. */
async function ask({ job, written, ctx }: { job: AnswerJob; written: Written; ctx: AnswerRunContext }) {
  const model = await ctx.resolveModel(job.model)
  const { turns, wantsTitle } = await fitContext({ job, model, ctx })
  Object.assign(written, { model, wantsTitle, question: turns.at(-1)?.content ?? '', language: languageOf(turns) })
  const pictures = await picturesOf({ turns, model, owner: job.owner, library: ctx.library })
  const request = buildRequest({ turns, model, now: ctx.clock(), endUser: job.owner.userId, pictures })
  // Not waited for: the object holds the provider's request back until it is written.
  void ctx.onAsking(estimateRequestTokens(request))
  return ctx.complete({ requestId: job.requestId, model: model.id, request, service: 'chat', purpose: 'answer' })
}

async function write({ job, ctx }: { job: AnswerJob; ctx: AnswerRunContext }): Promise<Written> {
  const { owner, answerId } = job
  const writer = createDeltaWriter({
    conversation: ctx.conversation,
    owner,
    answerId,
    wait: ctx.wait,
    onStop: () => ctx.controller.abort(),
  })
  const written = { ...nothingWritten }
  let settling: Completion['settled'] | null = null
  try {
    const completion = await ask({ job, written, ctx })
    settling = completion.settled
    for await (const event of completion.events) {
      if (event.type === 'text-delta') writer.write('content', event.text)
      if (event.type === 'reasoning-delta') writer.write('reasoning', event.text)
      if (event.type === 'finish')
        written.finishReason = event.reason === 'length' && completion.shortened ? 'credit' : event.reason
    }
  } catch (error) {
    const { content, reasoning } = writer.text()
    Object.assign(written, failed(error, { delivered: content !== '' || reasoning !== '', ctx }))
  }
  await writer.flush()
  written.content = writer.text().content
  if (settling) {
    const settled = await Promise.race([settling, ctx.wait(SETTLEMENT_MS)]).catch(() => undefined)
    written.costMicros = settled ? settled.amountMicros : null
    written.usage = settled && Object.keys(settled.usage).length > 0 ? settled.usage : null
  }
  return written
}

async function finish({
  job,
  written,
  ctx,
}: {
  job: AnswerJob
  written: Written
  ctx: AnswerRunContext
}): Promise<boolean> {
  const { status, finishReason, error, usage, costMicros, content } = written
  const language = content ? await ctx.detectLanguage(content, written.language) : null
  const input: FinishInput = {
    owner: job.owner,
    answerId: job.answerId,
    status,
    finishReason,
    error,
    language,
    usage,
    costMicros,
    tokens: turnTokens(content),
  }
  for (let attempt = 0; ; attempt++) {
    try {
      return (await ctx.conversation.finishAnswer(input)).ok
    } catch (reason) {
      if (attempt === 4) throw reason
      await ctx.wait(500 * 2 ** attempt)
    }
  }
}

/** The sandbox has no words of its own for a title: there the question's words stay. */
async function nameConversation({
  job,
  written,
  ctx,
}: {
  job: AnswerJob
  written: Written
  ctx: AnswerRunContext
}): Promise<void> {
  const { model, wantsTitle, status, content } = written
  if (!model || !wantsTitle || status !== 'complete' || model.vendor === 'riwaq' || content === '') return
  const request = titleRequest({ model, question: written.question, answer: content, language: written.language })
  const completion = await ctx.complete({
    requestId: ctx.createId('request'),
    model: model.id,
    request,
    service: 'chat',
    purpose: 'title',
  })
  let text = ''
  for await (const event of completion.events) if (event.type === 'text-delta') text += event.text
  const title = cleanTitle(text)
  if (title === '') return
  const named = await ctx.conversation.suggestTitle({ owner: job.owner, title })
  if (named.ok && named.applied) await ctx.onTitle(title)
}

export async function runAnswer({ job, ctx }: { job: AnswerJob; ctx: AnswerRunContext }): Promise<void> {
  const written = await write({ job, ctx })
  const finished = await finish({ job, written, ctx })
  await ctx.onFinished()
  // A title is a courtesy: where none can be had, the words of the question stay.
  if (finished)
    await nameConversation({ job, written, ctx }).catch((error: unknown) =>
      ctx.logger.warn('no-title', { code: toProblem(error).code }),
    )
}
