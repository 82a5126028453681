// OpenAI counts pictures in tokens: those of words and of pictures apart, each way.
import { z } from 'zod'
import { countsNothing, type Usage } from '#shared/lib/money'

const count = z
  .number()
  .int()
  .min(0)
  .nullish()
  .catch(null)
  .transform((value) => value ?? null)
const Details = z.object({ text_tokens: count, image_tokens: count }).nullish().catch(null)

const Reported = z.object({
  input_tokens: count,
  input_tokens_details: Details,
  output_tokens: count,
  output_tokens_details: Details,
})

/** What was not told apart is words on the way in, and pictures on the way out. Null where nothing was counted. */
export function imageUsageFromOpenAI(value: unknown): Usage | null {
  const parsed = Reported.safeParse(value)
  if (!parsed.success) return null
  const {
    input_tokens: input,
    output_tokens: output,
    input_tokens_details: read,
    output_tokens_details: made,
  } = parsed.data
  const readPictures = Math.min(read?.image_tokens ?? 0, input ?? Infinity)
  const madeWords = Math.min(made?.text_tokens ?? 0, output ?? Infinity)
  const usage: Usage = { input_tokens: input === null ? (read?.text_tokens ?? 0) : input - readPictures }
  if (readPictures > 0) usage.image_input_tokens = readPictures
  usage.image_output_tokens = output === null ? (made?.image_tokens ?? 0) : output - madeWords
  if (madeWords > 0) usage.output_tokens = madeWords
  return countsNothing(usage) ? null : usage
}
