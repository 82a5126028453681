// How Workers AI's models are asked: https://developers.cloudflare.com/workers-ai/models/?tasks=Text-to-Image. Each family has
// an input schema of its own.
import { workersAiSteps as steps } from '#shared/catalog/images/workers-ai-steps'
import { toBase64 } from '#shared/lib/bytes'
import { toWhiteMask } from '../kit/white-mask.ts'
import type { ImageSetting } from '../kit/image-settings.ts'
import type { ImageRequest } from '../spec/image-model.ts'

type Inputs = Record<string, unknown>

export interface Family {
  matches: RegExp
  /** Settings that are sent. */
  knows: readonly ImageSetting[]
  /** `at`: which of several pictures, so that none is the same. */
  toInputs(request: ImageRequest, at: number): Inputs | Promise<Inputs>
}

export const seedAt = ({ seed }: ImageRequest, at: number): number | undefined =>
  seed === undefined ? undefined : (seed + at) % 4_294_967_296

const sized = ({ size }: ImageRequest): Inputs => (size ? { width: size.width, height: size.height } : {})
const seeded = (request: ImageRequest, at: number): Inputs => {
  const seed = seedAt(request, at)
  return seed === undefined ? {} : { seed }
}
const negative = ({ negativePrompt }: ImageRequest): Inputs =>
  negativePrompt ? { negative_prompt: negativePrompt } : {}

/** FLUX.2 takes a form, whose boundary only its own serialization knows. */
function toForm(request: ImageRequest, at: number, more: Inputs = {}): Inputs {
  const form = new FormData()
  const fields = { prompt: request.prompt, ...sized(request), ...seeded(request, at), ...more }
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value))
  request.images?.forEach(({ bytes, mediaType }, index) =>
    form.append(`input_image_${index}`, new Blob([new Uint8Array(bytes)], { type: mediaType })),
  )
  const serialized = new Response(form)
  return { multipart: { body: serialized.body, contentType: serialized.headers.get('content-type') } }
}

/** How much of a picture may change where no mask says so: enough to be seen, too little to lose it. */
const STRENGTH = 0.75

async function toDiffusion(request: ImageRequest, at: number, rounds: number): Promise<Inputs> {
  const [picture] = request.images ?? []
  const base = {
    prompt: request.prompt,
    num_steps: rounds,
    ...sized(request),
    ...seeded(request, at),
    ...negative(request),
  }
  if (!picture) return base
  // Bytes as numbers is how they want a mask, and the picture that it goes with.
  if (request.mask)
    return { ...base, image: [...picture.bytes], mask: [...(await toWhiteMask(request.mask.bytes))], strength: 1 }
  return { ...base, image_b64: toBase64(picture.bytes), strength: STRENGTH }
}

/** The first that matches is meant. */
const families: readonly Family[] = [
  {
    matches: /flux-2-dev/,
    knows: ['size', 'seed'],
    toInputs: (request, at) => toForm(request, at, { steps: steps.flux2dev }),
  },
  { matches: /flux-2/, knows: ['size', 'seed'], toInputs: (request, at) => toForm(request, at) },
  {
    matches: /flux-1-schnell/,
    knows: [],
    toInputs: ({ prompt }) => ({ prompt, steps: steps.schnell }),
  },
  {
    matches: /lucid-origin/,
    knows: ['size', 'seed'],
    toInputs: (request, at) => ({
      prompt: request.prompt,
      num_steps: steps.leonardo,
      ...sized(request),
      ...seeded(request, at),
    }),
  },
  {
    matches: /phoenix/,
    knows: ['size', 'seed', 'negativePrompt'],
    toInputs: (request, at) => ({
      prompt: request.prompt,
      num_steps: steps.leonardo,
      ...sized(request),
      ...seeded(request, at),
      ...negative(request),
    }),
  },
  {
    matches: /lightning/,
    knows: ['size', 'seed', 'negativePrompt'],
    toInputs: (request, at) => toDiffusion(request, at, steps.lightning),
  },
  {
    matches: /^/,
    knows: ['size', 'seed', 'negativePrompt'],
    toInputs: (request, at) => toDiffusion(request, at, steps.diffusion),
  },
]

export const familyOf = (modelId: string): Family => families.find(({ matches }) => matches.test(modelId))!
