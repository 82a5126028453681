// Asks a moderation model for a guardrail: a call of its own in the book, part of the one that it looks at.
import { sizeTexts } from '#shared/catalog/estimate-tokens'
import type { CatalogModel, VendorId } from '#shared/contracts/model'
import { Problem } from '#shared/http/problems'
import { toAdmissionProblem } from '#shared/metering/admission-problem'
import { isRefusal, openMeteredCall, type MeterContext } from '#shared/metering/metered-call'
import { toProviderCut } from '#shared/metering/provider-cut'
import { untilStopped } from '#shared/metering/until-stopped'
import type { CreateId } from '#shared/lib/ids'
import type { ModerationModels, ResolvedModeration } from '#shared/providers/moderation-models'
import { requirePriced } from '#shared/metering/require-priced'

/** Longer texts are judged in pieces. */
const MAX_ITEM = 16_000

export interface Moderator {
  /** Whether any of these texts is harmful. Throws where nobody can say. */
  judge(texts: readonly string[], options: { model: string | null; signal?: AbortSignal }): Promise<boolean>
}

export interface ModeratorInput {
  models: ModerationModels
  meter: MeterContext
  /** Vendors that may see this organization's data; null: all. What the platform runs itself sends it to nobody. */
  allowedVendors: readonly VendorId[] | null
  /** The request that is looked at. */
  requestId: string
  createId: CreateId
}

function choose(id: string | null, { models, allowedVendors }: ModeratorInput): ResolvedModeration {
  const mayBeAsked = ({ vendor }: CatalogModel): boolean =>
    allowedVendors === null || vendor === 'riwaq' || allowedVendors.includes(vendor)
  const first = id ?? models.list().find(mayBeAsked)?.id ?? null
  const resolved = models.resolve(first)
  if (mayBeAsked(resolved.model)) return resolved
  throw new Problem(
    'model_not_allowed',
    `The guardrail’s moderation model ${resolved.model.id} is of a vendor that your organization’s policy does not allow.`,
    { facts: { model: resolved.model.id } },
  )
}

const inPieces = (text: string): string[] =>
  Array.from({ length: Math.ceil(text.length / MAX_ITEM) }, (_, at) => text.slice(at * MAX_ITEM, (at + 1) * MAX_ITEM))

export function createModerator(input: ModeratorInput): Moderator {
  const { meter, requestId, createId } = input
  return {
    async judge(texts, { model: id, signal = meter.signal }) {
      const pieces = texts.flatMap(inPieces)
      if (pieces.length === 0) return false
      const resolved = choose(id, input)
      const model = requirePriced(resolved.model)
      const { expected, ceiling } = sizeTexts(pieces, model.vendor)
      const call = await openMeteredCall({
        call: {
          requestId: createId('request'),
          partOf: requestId,
          model,
          scope: 'chat',
          service: 'chat',
          size: { promptTokens: expected, promptTokensCeiling: ceiling, maxOutputTokens: 0, answers: 1 },
          inOnePiece: true,
        },
        ctx: { ...meter, signal },
      })
      if (isRefusal(call)) throw toAdmissionProblem(call)
      try {
        call.sent()
        const items = pieces.map((text) => ({ parts: [{ type: 'text' as const, text }] }))
        const { verdicts, usage } = await untilStopped(
          call,
          resolved.moderation.moderate(items, { signal: call.signal }),
        )
        call.tallyWith(() => ({ usage, promptUsage: null, outputTokens: 0, delivered: true, begun: true }))
        call.end('complete')
        return verdicts.some(({ flagged }) => flagged)
      } catch (error) {
        call.end('failed')
        throw call.stopped() ?? toProviderCut(error)
      }
    },
  }
}
