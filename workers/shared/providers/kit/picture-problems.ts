// What is said where a vendor was paid in vain: it answered, and what it gave is no picture that can be used.
import { Problem, type ProblemCode } from '#shared/http/problems'

type PictureProblemCode = Extract<
  ProblemCode,
  'provider_no_image' | 'provider_wrong_count' | 'provider_bad_image' | 'provider_image_lost'
>

const sentences: Record<PictureProblemCode, (vendor: string) => string> = {
  provider_no_image: (vendor) => `${vendor} answered without a picture. Nothing was charged; try again.`,
  provider_wrong_count: (vendor) =>
    `${vendor} made another number of pictures than was asked for. Nothing was charged; try again.`,
  provider_bad_image: (vendor) => `What ${vendor} sent is no picture that can be used. Nothing was charged; try again.`,
  provider_image_lost: (vendor) =>
    `${vendor} made the picture, but it could not be fetched from there. Nothing was charged; try again.`,
}

export const pictureProblem = (code: PictureProblemCode, vendor: string, internal?: string): Problem =>
  new Problem(code, sentences[code](vendor), { internal })
