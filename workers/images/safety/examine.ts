// What must ask a model: the organization's guardrails of that kind, and the platform's own look at prompt and pictures where a
// moderation model that is free is configured. Before anything is made, and before anything that was made is kept.
import { Problem } from '#shared/http/problems'
import type { Guard } from '#shared/guardrails/guard-types'
import { toScreenedRequest } from '#shared/guardrails/screen-texts'
import type { Logger } from '#shared/http/log'
import { toBase64 } from '#shared/lib/bytes'
import type { ModerationModels, ResolvedModeration } from '#shared/providers/moderation-models'
import type { ModerationItem } from '#shared/providers/spec/moderation-model'
import { pictureRejected, refusedCategory } from './verdict.ts'
import type { ImageModeration } from './settings.ts'

export interface ExamineContext {
  /** The organization's; null where it has none. */
  guard: Guard | null
  mode: ImageModeration
  /** The organization has what comes back judged, and nothing passes that is flagged or that nobody could judge. */
  judgesResults: boolean
  moderations: ModerationModels
  signal: AbortSignal
  logger?: Logger
}

export interface Picture {
  bytes: Uint8Array
  mediaType: string
}

const isFree = ({ model }: ResolvedModeration): boolean =>
  Object.values(model.price?.prices ?? { input_tokens: 1 }).every((price) => price === 0)

/** The vendor's own, where it costs nothing. What the platform's lists find was found before. */
function freeModel(models: ModerationModels): ResolvedModeration | null {
  const first = models.list().find(({ vendor }) => vendor !== 'riwaq')
  const resolved = first ? models.resolve(first.id) : null
  return resolved && isFree(resolved) ? resolved : null
}

async function verdictsOf(items: ModerationItem[], stage: 'input' | 'output', ctx: ExamineContext) {
  const resolved = freeModel(ctx.moderations)
  if (!resolved || (stage === 'output' && !resolved.moderation.takesImages)) return []
  try {
    return (await resolved.moderation.moderate(items, { signal: ctx.signal })).verdicts
  } catch (error) {
    ctx.signal.throwIfAborted()
    ctx.logger?.warn('moderation of a picture failed', { stage, model: resolved.model.id })
    // The picture's own vendor looks as well, so ours failing stops nobody, unless the organization wants it so.
    if (stage === 'output' && ctx.judgesResults) throw error
    return []
  }
}

const cannotBeJudged = (): Problem =>
  new Problem(
    'model_not_found',
    'Your organization’s guardrails have every result judged, and no moderation model that sees pictures is configured here. Nothing was made, and nothing is charged.',
    { param: 'model' },
  )

/** Once the price is held, before the picture's vendor is asked. Throws `content_rejected`. */
export async function examinePrompt(prompt: string, ctx: ExamineContext): Promise<void> {
  if (ctx.judgesResults && !freeModel(ctx.moderations)?.moderation.takesImages) throw cannotBeJudged()
  if (prompt === '') return
  await ctx.guard?.examine?.(toScreenedRequest([prompt]), { signal: ctx.signal })
  for (const verdict of await verdictsOf([{ parts: [{ type: 'text', text: prompt }] }], 'input', ctx)) {
    const category = refusedCategory(verdict, ctx.mode)
    if (category) throw pictureRejected('input', category)
  }
}

const toItem = ({ bytes, mediaType }: Picture): ModerationItem => ({
  parts: [{ type: 'image', source: { kind: 'base64', mediaType, data: toBase64(bytes) } }],
})

/** Before anything of it is kept or shown. Throws `content_rejected`. */
export async function examineResult(pictures: readonly Picture[], ctx: ExamineContext): Promise<void> {
  for (const verdict of await verdictsOf(pictures.map(toItem), 'output', ctx)) {
    const category = refusedCategory(verdict, ctx.mode)
    if (category || (verdict.flagged && ctx.judgesResults)) throw pictureRejected('output', category ?? 'organization')
  }
}
