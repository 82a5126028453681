// What a finished order holds: `images` or one `image`, each an address.
import { z } from 'zod'
import { nonsenseProblem } from '../kit/upstream-problem.ts'
import { vendor } from './errors.ts'

const File = z.object({ url: z.string().min(1) })

const Result = z.looseObject({
  images: z.array(File).optional(),
  image: File.nullish(),
  seed: z.number().optional(),
  has_nsfw_concepts: z.array(z.boolean()).optional(),
})

export interface FalResult {
  addresses: string[]
  seed?: number
  /** For each picture. */
  flagged: (string | undefined)[]
}

export function parseResult(body: unknown): FalResult {
  const parsed = Result.safeParse(body)
  if (!parsed.success) throw nonsenseProblem(vendor, 'a result that is none')
  const { images, image, seed, has_nsfw_concepts: nsfw = [] } = parsed.data
  const files = images ?? (image ? [image] : [])
  return {
    addresses: files.map(({ url }) => url),
    ...(seed !== undefined && Number.isSafeInteger(seed) && { seed }),
    flagged: files.map((_, index) => (nsfw[index] ? 'nsfw' : undefined)),
  }
}
