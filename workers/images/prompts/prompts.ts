// A better prompt, or the same in English: proposed, never used unseen where a person is there to see it.
import type { PromptAnswer } from '#shared/contracts/images'
import type { OrganizationPolicy } from '#shared/contracts/policy'
import { Problem } from '#shared/http/problems'
import type { CreateId } from '#shared/lib/ids'
import type { MeterContext } from '#shared/metering/metered-call'
import { isAllowed, requireAllowed } from '#shared/policy/require-allowed'
import type { LanguageModels, ResolvedModel } from '#shared/providers/language-models'
import { findStyle } from '../styles/styles.ts'
import { askLanguageModel } from './ask-language-model.ts'
import { cleanPrompt, improveRequest, translateRequest } from './prompt-requests.ts'
import { sandboxImprove, SANDBOX_WRITER } from './sandbox-improve.ts'

export interface PromptsContext {
  models: LanguageModels
  policy: OrganizationPolicy
  meter: MeterContext
  createId: CreateId
  /** The running request that this is a part of, if it is of one. */
  partOf?: string
  /** BCP-47; null where nobody can tell. */
  languageOf(text: string): Promise<string | null>
}

/** The one that was asked for, or the first that is real and allowed; null where there is none. */
function writerOf(id: string | undefined, { models, policy }: PromptsContext): ResolvedModel | null {
  if (id !== undefined) {
    const resolved = models.resolve(id)
    requireAllowed(resolved.model, policy)
    return resolved.model.vendor === 'riwaq' ? null : resolved
  }
  const first = models.list().find((model) => model.vendor !== 'riwaq' && isAllowed(model, policy))
  return first ? models.resolve(first.id) : null
}

/** Whether there is anybody who can translate. */
export const canTranslate = (ctx: PromptsContext): boolean => writerOf(undefined, ctx) !== null

export const isEnglish = (language: string | null): boolean => language === null || language.startsWith('en')
const isArabic = (language: string | null): boolean => language?.startsWith('ar') === true && language !== 'ar-Latn'

/** «Arabic» of `ar`. */
function nameOf(language: string | null): string {
  if (language === null) return 'the language it is written in'
  const spoken = language === 'ar-Latn' ? 'ar' : language
  return new Intl.DisplayNames(['en'], { type: 'language' }).of(spoken) ?? spoken
}

export async function improvePrompt({
  prompt,
  style,
  languageModel,
  ctx,
}: {
  prompt: string
  style?: string | null
  languageModel?: string
  ctx: PromptsContext
}): Promise<PromptAnswer> {
  const language = await ctx.languageOf(prompt)
  const writer = writerOf(languageModel, ctx)
  if (!writer) {
    const improved = sandboxImprove({ prompt, arabic: isArabic(language) })
    return { prompt: improved, original: prompt, model: SANDBOX_WRITER, cost_micros: 0 }
  }
  const look = style ? (findStyle(style)?.words.en ?? null) : null
  const request = improveRequest({ prompt, model: writer.model, language: nameOf(language), style: look })
  return write({ writer, request, prompt, ctx })
}

const nobodyTranslates = () =>
  new Problem(
    'model_not_found',
    'No language model that your organization allows is configured here, so the prompt cannot be translated. Write it in English, or choose a model that reads your language.',
    { param: 'translate' },
  )

/** Into English. The same where it is English already. */
export async function translatePrompt({
  prompt,
  languageModel,
  ctx,
}: {
  prompt: string
  languageModel?: string
  ctx: PromptsContext
}): Promise<PromptAnswer> {
  const writer = writerOf(languageModel, ctx)
  if (isEnglish(await ctx.languageOf(prompt)))
    return { prompt, original: prompt, model: writer?.model.id ?? SANDBOX_WRITER, cost_micros: 0 }
  if (!writer) throw nobodyTranslates()
  return write({ writer, request: translateRequest({ prompt, model: writer.model }), prompt, ctx })
}

async function write({
  writer,
  request,
  prompt,
  ctx,
}: {
  writer: ResolvedModel
  request: Parameters<typeof askLanguageModel>[0]['request']
  prompt: string
  ctx: PromptsContext
}): Promise<PromptAnswer> {
  const requestId = ctx.createId('request')
  const { partOf, meter } = ctx
  const { text, costMicros } = await askLanguageModel({ requestId, partOf, resolved: writer, request, meter })
  return { prompt: cleanPrompt(text) || prompt, original: prompt, model: writer.model.id, cost_micros: costMicros }
}
