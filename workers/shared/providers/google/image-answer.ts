// What generateContent answers where a picture was asked for: the picture, why there is none, and tokens by their kind.
import { z } from 'zod'
import { Problem } from '#shared/http/problems'
import { countsNothing, type Usage } from '#shared/lib/money'
import { decodePicture } from '../kit/decode-picture.ts'
import { nonsenseProblem, upstreamProblem } from '../kit/upstream-problem.ts'
import { vendor } from './image-errors.ts'

const count = z.number().int().min(0).nullish().catch(null)
const ByKind = z
  .array(z.object({ modality: z.string().nullish(), tokenCount: count }))
  .nullish()
  .catch(null)

const Reported = z.object({
  promptTokenCount: count,
  cachedContentTokenCount: count,
  candidatesTokenCount: count,
  thoughtsTokenCount: count,
  promptTokensDetails: ByKind,
  candidatesTokensDetails: ByKind,
})

const Part = z.looseObject({
  /** A thought may be a picture too: a draft that is not billed as one, and not the answer. */
  thought: z.boolean().nullish(),
  text: z.string().nullish(),
  inlineData: z.looseObject({ mimeType: z.string().nullish(), data: z.string() }).nullish(),
})

const Answer = z.looseObject({
  candidates: z
    .array(
      z.looseObject({
        content: z.looseObject({ parts: z.array(Part).nullish() }).nullish(),
        finishReason: z.string().nullish(),
        finishMessage: z.string().nullish(),
      }),
    )
    .nullish(),
  promptFeedback: z.looseObject({ blockReason: z.string().nullish() }).nullish(),
  usageMetadata: z.unknown().optional(),
})
type Answer = z.infer<typeof Answer>

const refusals = new Set([
  'SAFETY',
  'IMAGE_SAFETY',
  'PROHIBITED_CONTENT',
  'IMAGE_PROHIBITED_CONTENT',
  'BLOCKLIST',
  'SPII',
  'RECITATION',
  'IMAGE_RECITATION',
])

const ofKind = (list: z.infer<typeof ByKind>, kind: string): number =>
  (list ?? []).reduce((sum, { modality, tokenCount }) => sum + (modality === kind ? (tokenCount ?? 0) : 0), 0)

/** What was not told apart is words on the way in, and a picture on the way out. */
function usageOf(value: unknown): Usage | null {
  const parsed = Reported.safeParse(value)
  if (!parsed.success) return null
  const { promptTokenCount: prompt, candidatesTokenCount: made, thoughtsTokenCount: thoughts } = parsed.data
  const read = Math.min(ofKind(parsed.data.promptTokensDetails, 'IMAGE'), prompt ?? 0)
  const words = Math.min(ofKind(parsed.data.candidatesTokensDetails, 'TEXT'), made ?? 0)
  const usage: Usage = { input_tokens: (prompt ?? 0) - read, image_output_tokens: (made ?? 0) - words }
  if (read > 0) usage.image_input_tokens = read
  if (words > 0) usage.output_tokens = words
  if (thoughts) usage.reasoning_tokens = thoughts
  return countsNothing(usage) ? null : usage
}

function failIfRefused({ candidates, promptFeedback }: Answer): void {
  const reason = promptFeedback?.blockReason
  if (reason)
    throw upstreamProblem({ vendor, status: 400, code: 'content_policy_violation', message: `Reason: ${reason}.` })
  const [first] = candidates ?? []
  if (first?.finishReason && refusals.has(first.finishReason))
    throw new Problem('content_rejected', `${vendor} refused this content by its usage policy (${first.finishReason}).`)
}

/** Throws a Problem where it was refused, or is no answer at all. */
export function readAnswer(body: unknown): { pictures: Uint8Array<ArrayBuffer>[]; usage: Usage | null } {
  const parsed = Answer.safeParse(body)
  if (!parsed.success) throw nonsenseProblem(vendor, 'an answer that is none')
  const parts = (parsed.data.candidates ?? []).flatMap(({ content }) => content?.parts ?? [])
  const data = parts.flatMap(({ inlineData, thought }) => (inlineData && !thought ? [inlineData.data] : []))
  if (data.length === 0) failIfRefused(parsed.data)
  return { pictures: data.map((each) => decodePicture(each, vendor)), usage: usageOf(parsed.data.usageMetadata) }
}
