// A text for another service of the house, written as a whole: routed, guarded and metered like every answer.
import type { WritingTask, Written } from '#shared/contracts/writing'
import type { CatalogModel } from '#shared/contracts/model'
import { Problem } from '#shared/http/problems'
import { toProblem } from '#shared/http/render-problem'
import { isAllowed } from '#shared/policy/require-allowed'
import type { LanguageMessage, LanguageRequest } from '#shared/providers/spec/language-model'
import { complete, type CompleteContext } from './complete.ts'
import { registryOf } from './generate-context.ts'

/** Hard thinking helps nobody to find three adjectives. */
const easyEfforts = ['none', 'minimal', 'low']

const toMessage = ({ role, text }: WritingTask['messages'][number]): LanguageMessage => ({
  role,
  content: [{ type: 'text', text }],
})

function toRequest({ messages, maxTokens }: WritingTask, model: CatalogModel): LanguageRequest {
  const effort = model.efforts?.find((each) => easyEfforts.includes(each))
  const tokens = model.abilities.includes('reasoning') ? maxTokens * 4 : maxTokens
  return {
    messages: messages.map(toMessage),
    maxOutputTokens: Math.min(model.maxOutputTokens, tokens),
    ...(effort && { reasoning: { effort } }),
  }
}

async function writerFor(id: string | undefined, ctx: CompleteContext): Promise<CatalogModel | null> {
  const snapshot = await ctx.ledger.policy()
  const models = await registryOf(snapshot, ctx)
  if (id === undefined)
    return models.list().find((model) => model.vendor !== 'riwaq' && isAllowed(model, snapshot.policy)) ?? null
  const { model } = models.resolve(id)
  return model.vendor === 'riwaq' ? null : model
}

const emptyAnswer = () =>
  new Problem('provider_error', 'The language model gave an empty answer. Nothing was charged; try again.')

async function writeWith(model: CatalogModel, task: WritingTask, ctx: CompleteContext): Promise<Written> {
  const { requestId, service, scope } = task
  const request = toRequest(task, model)
  const completion = await complete({
    input: { requestId, model: model.id, request, service, scope, purpose: 'writing', whole: true },
    ctx,
  })
  try {
    let text = ''
    for await (const event of completion.events) if (event.type === 'text-delta') text += event.text
    if (text.trim() === '') throw emptyAnswer()
    return { ok: true, text, model: completion.model.id, costMicros: completion.handOver()?.amountMicros ?? 0 }
  } catch (error) {
    completion.giveUp()
    throw error
  }
}

export async function write(task: WritingTask, ctx: CompleteContext): Promise<Written> {
  try {
    const model = await writerFor(task.model, ctx)
    return model ? await writeWith(model, task, ctx) : { ok: false, code: 'no_writer' }
  } catch (error) {
    const { code, message, details } = toProblem(error)
    return { ok: false, code: 'problem', problem: { code, message, param: details.param ?? null } }
  }
}
