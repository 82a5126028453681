// OpenAI's moderation: one call judges many texts, or the texts and images of one thing together.
import { z } from 'zod'
import type { Post } from '../kit/post-json.ts'
import { networkProblem, nonsenseProblem } from '../kit/upstream-problem.ts'
import {
  moderationCategories,
  type ModerationCategory,
  type ModerationItem,
  type ModerationModel,
  type ModerationPart,
  type ModerationVerdict,
} from '../spec/moderation-model.ts'

const vendor = 'OpenAI'

/** Older models know fewer categories, and newer ones may know more. */
const Verdict = z.object({
  flagged: z.boolean(),
  categories: z.record(z.string(), z.boolean().nullish()),
  category_scores: z.record(z.string(), z.number().nullish()),
  category_applied_input_types: z.record(z.string(), z.array(z.string()).nullish()).nullish(),
})
const Answer = z.object({ results: z.array(Verdict) })

const byCategory = <T>(value: (category: ModerationCategory) => T) =>
  Object.fromEntries(moderationCategories.map((category) => [category, value(category)])) as Record<
    ModerationCategory,
    T
  >

function toVerdict(said: z.infer<typeof Verdict>): ModerationVerdict {
  const applied = said.category_applied_input_types
  return {
    flagged: said.flagged,
    categories: byCategory((category) => said.categories[category] ?? false),
    scores: byCategory((category) => said.category_scores[category] ?? 0),
    appliedTo: byCategory((category) =>
      applied
        ? (applied[category] ?? []).filter((type) => type === 'text' || type === 'image')
        : category in said.categories
          ? ['text']
          : [],
    ),
  }
}

function toWirePart(part: ModerationPart): Record<string, unknown> {
  if (part.type === 'text') return { type: 'text', text: part.text }
  const { source } = part
  const url = source.kind === 'url' ? source.url : `data:${source.mediaType};base64,${source.data}`
  return { type: 'image_url', image_url: { url } }
}

const isText = ({ parts }: ModerationItem): boolean => parts.length === 1 && parts[0]!.type === 'text'

/** Texts that stand for themselves go in one call; what has parts is one call each. */
const toInputs = (items: ModerationItem[]): unknown[][] =>
  items.every(isText)
    ? [items.flatMap(({ parts }) => parts.map((part) => (part.type === 'text' ? part.text : '')))]
    : items.map(({ parts }) => parts.map(toWirePart))

async function readAnswer(response: Response, signal: AbortSignal, secret: string) {
  const body: unknown = await response.json().catch((error: unknown) => {
    signal.throwIfAborted()
    if (error instanceof SyntaxError) throw nonsenseProblem(vendor, 'not JSON')
    throw networkProblem(vendor, error, secret)
  })
  const parsed = Answer.safeParse(body)
  if (!parsed.success) throw nonsenseProblem(vendor, 'a moderation without results')
  return parsed.data.results.map(toVerdict)
}

export const createOpenAIModeration = (input: { modelId: string; post: Post; secret: string }): ModerationModel => ({
  takesImages: input.modelId.startsWith('omni-'),
  async moderate(items, { signal }) {
    const { modelId: model, post, secret } = input
    const answers = await Promise.all(
      toInputs(items).map(async (wire) => readAnswer(await post({ model, input: wire }, { signal }), signal, secret)),
    )
    const verdicts = answers.flat()
    if (verdicts.length !== items.length)
      throw nonsenseProblem(vendor, `${verdicts.length} verdicts on ${items.length} things`)
    return { verdicts, usage: null }
  },
})
