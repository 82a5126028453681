// Making pictures: OpenAI's shapes on /v1/images, and what the dashboard asks on /api/images.
import { z } from 'zod'
import { imageOperations } from './model.ts'

export const imageFormats = ['png', 'jpeg', 'webp'] as const
export type ImageFormat = (typeof imageFormats)[number]

const Size = z
  .string()
  .regex(/^(auto|\d{2,5}x\d{2,5})$/, 'must be “auto”, or width x height in pixels such as “1024x1024”')

/** What both of OpenAI's calls take. What a field of ours means for a model is in its traits. */
const common = {
  model: z.string().max(200).optional().describe('absent: the first model that is configured here'),
  n: z.coerce.number().int().min(1).max(10).nullish(),
  size: Size.nullish(),
  quality: z.string().max(30).nullish(),
  background: z.enum(['transparent', 'opaque', 'auto']).nullish(),
  output_format: z.enum(imageFormats).nullish(),
  output_compression: z.coerce.number().int().min(0).max(100).nullish(),
  response_format: z.enum(['url', 'b64_json']).nullish(),
  partial_images: z.coerce.number().int().min(0).max(3).nullish(),
  user: z.string().max(256).optional(),
  negative_prompt: z.string().max(4_000).nullish().describe('Riwaq’s own: what is not to be seen'),
  seed: z.coerce.number().int().min(0).max(4_294_967_295).nullish().describe('Riwaq’s own'),
  style_preset: z.string().max(40).nullish().describe('Riwaq’s own: a style of GET /api/images/styles'),
}

const Prompt = z.string().trim().min(1, 'must say what is to be seen').max(32_000)

/** multipart/form-data has no booleans. */
const Flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')])

export const ImageGenerationRequest = z.looseObject({
  ...common,
  prompt: Prompt,
  stream: Flag.nullish(),
  moderation: z.enum(['low', 'auto']).nullish(),
  style: z.enum(['vivid', 'natural']).nullish(),
  store: Flag.nullish().describe(
    'Riwaq’s own: false keeps the pictures out of the library; they are then gone after a day',
  ),
})
export type ImageGenerationRequest = z.infer<typeof ImageGenerationRequest>

/** Without its files, which travel beside it: `image` or `image[]` (up to the model's own limit), and `mask`. */
export const ImageEditRequest = z.looseObject({
  ...common,
  prompt: Prompt,
  stream: Flag.nullish(),
  input_fidelity: z.enum(['low', 'high']).nullish(),
  store: Flag.nullish(),
})
export type ImageEditRequest = z.infer<typeof ImageEditRequest>

export const ImageVariationRequest = z.looseObject({ ...common, store: Flag.nullish() })
export type ImageVariationRequest = z.infer<typeof ImageVariationRequest>

export const ImagesResponse = z.looseObject({
  created: z.number().int(),
  data: z.array(
    z.looseObject({
      b64_json: z.string().optional(),
      url: z.string().optional(),
      revised_prompt: z.string().optional(),
      item_id: z.string().optional().describe('Riwaq’s own: its name in the library'),
      seed: z.number().int().optional(),
    }),
  ),
  background: z.string().optional(),
  output_format: z.string().optional(),
  quality: z.string().optional(),
  size: z.string().optional(),
  usage: z.looseObject({ input_tokens: z.number(), output_tokens: z.number(), total_tokens: z.number() }).optional(),
})
export type ImagesResponse = z.infer<typeof ImagesResponse>

// ── The dashboard ──────────────────────────────────────────────────────────────────────────────────────────────────

const Side = z.number().int().min(0).max(4_096)

/** POST /api/images/jobs, and /api/images/estimates for what it would cost. */
export const ImageJobInput = z
  .object({
    operation: z.enum(imageOperations),
    model: z.string().max(200),
    /** May be empty for what needs no words: a variation, upscaling, removing a background. */
    prompt: z.string().trim().max(32_000).default(''),
    original_prompt: z.string().trim().max(32_000).nullish().describe('as it was written, before it was improved'),
    negative_prompt: z.string().trim().max(4_000).nullish(),
    count: z.number().int().min(1).max(10).default(1),
    size: Size.default('auto'),
    quality: z.string().max(30).nullish(),
    style: z.string().max(40).nullish(),
    background: z.enum(['transparent', 'opaque', 'auto']).nullish(),
    format: z.enum(imageFormats).default('png'),
    compression: z.number().int().min(0).max(100).nullish(),
    seed: z.number().int().min(0).max(4_294_967_295).nullish(),
    item_ids: z.array(z.string().max(64)).max(16).default([]).describe('pictures of the library to work from'),
    mask: z
      .string()
      .max(12_000_000)
      .regex(/^data:image\/png;base64,/, 'must be a PNG as a data URL')
      .nullish()
      .describe('as large as the first picture; transparent where it may change'),
    extend: z
      .object({ top: Side, bottom: Side, left: Side, right: Side })
      .strict()
      .nullish()
      .describe(
        'by how many pixels each side of the picture grows; a picture has a left and a right in every language',
      ),
    scale: z.union([z.literal(2), z.literal(4)]).nullish(),
    translate: z.boolean().default(true).describe('into English, for models that understand little else'),
    collection_id: z.string().max(64).nullish(),
  })
  .strict()
export type ImageJobInput = z.infer<typeof ImageJobInput>

export const ImageEstimate = z.object({
  /** What is held. */
  max_micros: z.number().int(),
  /** What it is likely to cost. A translation of its prompt is a charge of its own, which is not known before. */
  likely_micros: z.number().int(),
  available_micros: z.number().int(),
  affordable: z.boolean(),
  translates: z.boolean().describe('whether the prompt would be translated first'),
})
export type ImageEstimate = z.infer<typeof ImageEstimate>

/** A row of GET /api/images/models: what can be called here and what it can. What is false or empty is greyed out. */
export const ImageModelInfo = z.object({
  id: z.string(),
  name: z.string(),
  vendor: z.string(),
  sandbox: z.boolean(),
  operations: z.array(z.enum(imageOperations)),
  sizes: z.object({
    kind: z.enum(['list', 'range']),
    sizes: z.array(z.string()).describe('for a range: some that are usual'),
    min: z.number().int().nullable(),
    max: z.number().int().nullable(),
    step: z.number().int().nullable(),
    max_pixels: z.number().int().nullable(),
  }),
  auto_size: z.boolean(),
  qualities: z.array(z.string()),
  max_images: z.number().int(),
  max_input_images: z.number().int(),
  mask: z.boolean(),
  transparency: z.boolean(),
  seed: z.boolean(),
  negative_prompt: z.boolean(),
  partial_images: z.boolean(),
  prompt_language: z.enum(['any', 'en']),
  max_prompt_characters: z.number().int(),
  from_micros: z.number().int().describe('what its cheapest picture costs'),
})
export type ImageModelInfo = z.infer<typeof ImageModelInfo>

const Both = z.object({ en: z.string(), ar: z.string() })

export const ImageStyle = z.object({
  id: z.string(),
  name: Both,
  description: Both,
  /** Two or three colours that stand for it. */
  colours: z.array(z.string()),
})
export type ImageStyle = z.infer<typeof ImageStyle>

/** POST /api/images/prompts: a better prompt, or the same in English. Metered, and never used before somebody saw it. */
export const PromptRequest = z
  .object({
    prompt: z.string().trim().min(1).max(8_000),
    goal: z.enum(['improve', 'translate']),
    model: z.string().max(200).optional().describe('the picture’s model, to write for it'),
    language_model: z.string().max(200).optional().describe('absent: the first that is configured here'),
    style: z.string().max(40).nullish(),
  })
  .strict()
export type PromptRequest = z.infer<typeof PromptRequest>

export const PromptAnswer = z.object({
  prompt: z.string(),
  original: z.string(),
  model: z.string(),
  cost_micros: z.number().int(),
})
export type PromptAnswer = z.infer<typeof PromptAnswer>
