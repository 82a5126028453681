// A better prompt, or the same in English: proposed, never used unseen where a person is there to see it.
import type { PromptAnswer } from '#shared/contracts/images'
import type { Payer } from '#shared/contracts/ledger'
import type { Written, WritingQuestions, WritingTask } from '#shared/contracts/writing'
import { Problem, problemCodes, type ProblemCode } from '#shared/http/problems'
import type { CreateId } from '#shared/lib/ids'
import { findStyle } from '../styles/styles.ts'
import { cleanPrompt, improveMessages, PROMPT_TOKENS, translateMessages } from './prompt-requests.ts'
import { sandboxImprove, SANDBOX_WRITER } from './sandbox-improve.ts'

export interface PromptsContext {
  organizationId: string
  payer: Payer
  /** The chat service: it has the language models, and the organization's rules for them. */
  writer: WritingQuestions
  createId: CreateId
  /** BCP-47; null where nobody can tell. */
  languageOf(text: string): Promise<string | null>
}

interface Asked {
  prompt: string
  languageModel?: string
  ctx: PromptsContext
}

export const isEnglish = (language: string | null): boolean => language === null || language.startsWith('en')
const isArabic = (language: string | null): boolean => language?.startsWith('ar') === true && language !== 'ar-Latn'

/** «Arabic» of `ar`. */
function nameOf(language: string | null): string {
  if (language === null) return 'the language it is written in'
  const spoken = language === 'ar-Latn' ? 'ar' : language
  return new Intl.DisplayNames(['en'], { type: 'language' }).of(spoken) ?? spoken
}

const toProblem = ({ code, message, param }: Extract<Written, { code: 'problem' }>['problem']): Problem =>
  new Problem(code in problemCodes ? (code as ProblemCode) : 'provider_error', message, param ? { param } : {})

/** Null where nobody is there who could write. */
async function write(
  messages: WritingTask['messages'],
  { prompt, languageModel, ctx }: Asked,
): Promise<PromptAnswer | null> {
  const { organizationId, payer, writer, createId } = ctx
  const written = await writer.write({
    organizationId,
    payer,
    requestId: createId('request'),
    service: 'images',
    scope: 'images',
    messages,
    maxTokens: PROMPT_TOKENS,
    ...(languageModel !== undefined && { model: languageModel }),
  })
  if (written.ok)
    return {
      prompt: cleanPrompt(written.text) || prompt,
      original: prompt,
      model: written.model,
      cost_micros: written.costMicros,
    }
  if (written.code === 'no_writer') return null
  throw toProblem(written.problem)
}

/** In its own language. Without a language model it is done by rule, openly and for nothing. */
export async function improvePrompt(asked: Asked & { style?: string | null }): Promise<PromptAnswer> {
  const { prompt, style, ctx } = asked
  const language = await ctx.languageOf(prompt)
  const look = style ? (findStyle(style)?.words.en ?? null) : null
  const improved = await write(improveMessages({ prompt, language: nameOf(language), style: look }), asked)
  return (
    improved ?? {
      prompt: sandboxImprove({ prompt, arabic: isArabic(language) }),
      original: prompt,
      model: SANDBOX_WRITER,
      cost_micros: 0,
    }
  )
}

const nobodyTranslates = () =>
  new Problem(
    'model_not_found',
    'No language model that your organization allows is configured here, so the prompt cannot be translated. Write it in English, or choose a model that reads your language.',
    { param: 'translate' },
  )

/** Into English; what is English already is left as it is, for nothing. Throws where nobody can translate. */
export async function translatePrompt(asked: Asked): Promise<PromptAnswer> {
  const { prompt, ctx } = asked
  if (isEnglish(await ctx.languageOf(prompt)))
    return { prompt, original: prompt, model: asked.languageModel ?? SANDBOX_WRITER, cost_micros: 0 }
  const translated = await write(translateMessages({ prompt }), asked)
  if (!translated) throw nobodyTranslates()
  return translated
}
