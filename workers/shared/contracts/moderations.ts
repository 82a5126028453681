// POST /v1/moderations, in OpenAI's shape.
import { z } from 'zod'

const Part = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string() }),
  z.strictObject({
    type: z.literal('image_url'),
    image_url: z.strictObject({
      url: z.string().describe('An https address, or a data: URL with the image in base64.'),
    }),
  }),
])

/** As many texts as are judged in one call. */
export const MAX_MODERATION_INPUTS = 256

export const ModerationsRequest = z
  .strictObject({
    model: z
      .string()
      .min(1)
      .max(200)
      .nullish()
      .describe('A moderation model; absent: the first that is configured, a real one before the sandbox’s.'),
    input: z
      .union([
        z.string(),
        z.array(z.string()).min(1).max(MAX_MODERATION_INPUTS),
        z.array(Part).min(1).max(MAX_MODERATION_INPUTS),
      ])
      .describe('A text; texts that are judged each for itself; or parts of one thing that are judged together.'),
  })
  .meta({ id: 'ModerationsRequest' })
export type ModerationsRequest = z.infer<typeof ModerationsRequest>

const byCategory = <T extends z.ZodType>(value: T) => z.record(z.string(), value)

export const ModerationsResponse = z
  .object({
    id: z.string(),
    model: z.string(),
    results: z.array(
      z.object({
        flagged: z.boolean(),
        categories: byCategory(z.boolean()),
        category_scores: byCategory(z.number()).describe('From 0 to 1.'),
        category_applied_input_types: byCategory(z.array(z.enum(['text', 'image']))).describe(
          'In what a category was looked for; empty where the model does not know it.',
        ),
      }),
    ),
  })
  .meta({ id: 'ModerationsResponse' })
export type ModerationsResponse = z.infer<typeof ModerationsResponse>
