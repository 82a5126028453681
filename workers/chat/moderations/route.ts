// POST /v1/moderations. Free, but counted against every limit of requests, and in the book with an amount of zero.
import { sizeTexts } from '#shared/catalog/estimate-tokens'
import { ModerationsRequest, type ModerationsResponse } from '#shared/contracts/moderations'
import type { PolicySnapshot } from '#shared/contracts/policy'
import { unsupportedParameter } from '#shared/http/problems'
import { randomText } from '#shared/lib/ids'
import type { ModerationModels } from '#shared/providers/moderation-models'
import type { ModerationItem, ModerationPart, ModerationVerdict } from '#shared/providers/spec/moderation-model'
import { toImageSource } from '../dialects/image-source.ts'
import { guardOf, type GenerateContext } from '../generate-context.ts'
import type { ReadyCall } from '../one-piece.ts'
import type { OnePieceRoute } from '../one-piece-route.ts'
import { requirePriced } from '#shared/metering/require-priced'
import { requireAllowed } from '#shared/policy/require-allowed'
import { screenTexts } from '#shared/guardrails/screen-texts'

type Input = ModerationsRequest['input']
type Parts = Extract<Exclude<Input, string>[number], { type: string }>[]

const isParts = (input: Exclude<Input, string>): input is Parts => typeof input[0] === 'object'

const toParts = (parts: Parts): ModerationPart[] =>
  parts.map((part, at) =>
    part.type === 'text'
      ? part
      : { type: 'image', source: toImageSource(part.image_url.url, `input[${at}].image_url.url`) },
  )

function toItems(input: Input): ModerationItem[] {
  if (typeof input === 'string') return [{ parts: [{ type: 'text', text: input }] }]
  if (isParts(input)) return [{ parts: toParts(input) }]
  return input.map((text) => ({ parts: [{ type: 'text', text }] }))
}

const textsOf = (items: ModerationItem[]): string[] =>
  items.flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])))

function withTexts(items: ModerationItem[], texts: readonly string[]): ModerationItem[] {
  const left = [...texts]
  return items.map(({ parts }) => ({
    parts: parts.map((part) => (part.type === 'text' ? { ...part, text: left.shift()! } : part)),
  }))
}

const toResult = ({ flagged, categories, scores, appliedTo }: ModerationVerdict) => ({
  flagged,
  categories,
  category_scores: scores,
  category_applied_input_types: appliedTo,
})

const toResponse = (model: string, verdicts: ModerationVerdict[]): ModerationsResponse => ({
  id: `modr-${randomText(24)}`,
  model,
  results: verdicts.map(toResult),
})

/** `modelsFor`: those that an organization may call under this policy. */
export const moderationsRoute = (
  modelsFor: (snapshot: PolicySnapshot, ctx: GenerateContext) => ModerationModels | Promise<ModerationModels>,
): OnePieceRoute<typeof ModerationsRequest> => ({
  path: '/v1/moderations',
  schema: ModerationsRequest,
  prepareWith:
    ({ body, requestId, ctx }) =>
    async (snapshot): Promise<ReadyCall> => {
      const asked = toItems(body.input)
      const { model, moderation } = (await modelsFor(snapshot, ctx)).resolve(body.model ?? null)
      requireAllowed(model, snapshot.policy)
      if (!moderation.takesImages && asked.some(({ parts }) => parts.some(({ type }) => type === 'image')))
        throw unsupportedParameter('input', `${model.id} judges texts only.`)
      const texts = textsOf(asked)
      const items = withTexts(asked, screenTexts(texts, guardOf(requestId, snapshot, ctx)))
      const { expected, ceiling } = sizeTexts(texts, model.vendor)
      return {
        model: requirePriced(model),
        size: { promptTokens: expected, promptTokensCeiling: ceiling, maxOutputTokens: 0, answers: 1 },
        async run(options) {
          const { verdicts, usage } = await moderation.moderate(items, options)
          return { usage, warnings: [], toBody: () => toResponse(model.id, verdicts) }
        },
      }
    },
})
