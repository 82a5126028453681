// What a provider made, checked and kept where nobody sees it. Nothing of it is believed: not its count, not its format,
// not that it may be shown.
import { itemIdOf, type LibraryQuestions, type Staged, type StageInput } from '#shared/contracts/library'
import { Problem } from '#shared/http/problems'
import type { JobCharge, JobTools, KeptProduct } from '#shared/jobs/handler'
import { pictureSize } from '#shared/lib/picture-size'
import { sniffMediaType } from '#shared/lib/sniff-media-type'
import { imageCharge } from '#shared/metering/image-price'
import type { PictureSize } from '#shared/metering/image-sizes'
import type { ImageResult, MadePicture } from '#shared/providers/spec/image-model'
import type { Warning } from '#shared/providers/spec/language-model'
import { inStep, judgesResults, type HandlerParts, type StepContext } from './handler-parts.ts'
import type { ImageJob, ImageProductFacts, PictureFact } from './image-job.ts'
import { examineResult } from './safety/examine.ts'
import { pictureRejected } from './safety/verdict.ts'
import { splitCost } from './split-cost.ts'
import { sizesOf, toImageRequest } from './to-image-request.ts'
import { titleOf, toProvenance } from './to-provenance.ts'

const NOTHING_CHARGED = 'Nothing was kept, and nothing is charged.'

function requireCount({ images }: ImageResult, count: number): void {
  if (images.length === 0)
    throw new Problem('provider_no_image', `The provider answered without a picture. ${NOTHING_CHARGED}`)
  if (images.length !== count)
    throw new Problem(
      'provider_wrong_count',
      `The provider made ${images.length} picture${images.length === 1 ? '' : 's'} instead of ${count}. ${NOTHING_CHARGED}`,
      { facts: { asked: count, made: images.length } },
    )
}

const badPicture = (internal: string): Problem =>
  new Problem('provider_bad_image', `What the provider sent is not a picture that can be used. ${NOTHING_CHARGED}`, {
    internal,
  })

/** Not what it is called: what it begins with. */
function typeOf({ bytes }: MadePicture): string {
  const type = sniffMediaType(bytes)
  if (!type?.startsWith('image/')) throw badPicture(`begins like ${type ?? 'nothing that is known'}`)
  return type
}

async function examine({ images }: ImageResult, tools: JobTools, ctx: StepContext, parts: HandlerParts): Promise<void> {
  if (images.some(({ flagged }) => flagged !== undefined)) throw pictureRejected('output', 'provider')
  await examineResult(
    images.map((made) => ({ bytes: made.bytes, mediaType: typeOf(made) })),
    {
      guard: ctx.guard,
      mode: parts.moderation,
      judgesResults: judgesResults(ctx.snapshot),
      moderations: ctx.registries.moderations,
      signal: tools.signal,
      logger: parts.logger,
    },
  )
}

interface Making {
  made: MadePicture
  at: number
  now: number
  /** What it will have cost, to be written into its file; null where that is not known yet. */
  costMicros: number | null
}

function toStage(job: ImageJob, { made, at, now, costMicros }: Making): StageInput {
  const { input, organizationId, userId } = job
  return {
    itemId: itemIdOf(job.id, at),
    organizationId,
    userId,
    kind: 'image',
    source: input.operation === 'generate' ? 'generated' : 'edited',
    jobId: job.id,
    title: input.ways.unkept ? '' : titleOf(job),
    bytes: made.bytes,
    format: input.format,
    ...(input.compression !== null && input.format !== 'png' && { quality: Math.max(1, input.compression) }),
    provenance: input.ways.unkept ? null : toProvenance(job, { made, now, costMicros }),
    parentIds: input.ways.pictures.filter(({ sent }) => !sent).map(({ itemId }) => itemId),
    ...(input.ways.temporary && { temporary: true }),
  }
}

type Kept = Extract<Staged, { ok: true }>

interface Staging {
  library: LibraryQuestions
  /** A caller of the API is given the pictures also where there is no room for them: they are then kept for a day. */
  mayBeTemporary: boolean
  onTemporary(): void
}

async function stageOne(input: StageInput, { library, mayBeTemporary, onTemporary }: Staging): Promise<Kept> {
  const staged = await library.stage(input)
  if (staged.ok) return staged
  if (staged.fault !== 'storage_exhausted') throw badPicture(staged.fault)
  if (mayBeTemporary && !input.temporary) {
    onTemporary()
    return stageOne({ ...input, temporary: true }, { library, mayBeTemporary, onTemporary })
  }
  throw new Problem(
    'storage_exhausted',
    `There is no room left in the library for this picture. ${NOTHING_CHARGED} Delete what is not needed and try again.`,
  )
}

/** What each will have cost, by the sizes that they say they have; null where one does not say. */
function costsOf({ images }: ImageResult, chargeFor: (sizes: PictureSize[]) => JobCharge): number[] | null {
  const sizes = images.flatMap(({ bytes }) => pictureSize(bytes) ?? [])
  return sizes.length === images.length ? splitCost(chargeFor(sizes).amountMicros, images.length) : null
}

export const toWarning = ({ parameter, message }: Warning): string => `${parameter}: ${message}`

const NO_ROOM =
  'store: the library has no room left, so the pictures are kept for one day and then erased; they are not shown there'

const toFact = (made: MadePicture, { facts }: Kept): PictureFact => ({
  seed: made.seed ?? null,
  revised_prompt: made.revisedPrompt ?? null,
  width: facts.width,
  height: facts.height,
  media_type: facts.mediaType,
})

export async function keepPictures(
  { job, result, tools }: { job: ImageJob; result: ImageResult; tools: JobTools },
  parts: HandlerParts,
): Promise<KeptProduct> {
  requireCount(result, job.input.count)
  return inStep(job, tools, parts, async (ctx) => {
    tools.report({ stage: 'checking' })
    await examine(result, tools, ctx, parts)
    tools.report({ stage: 'storing' })
    const warnings = [...job.input.ways.warnings, ...result.warnings.map(toWarning)]
    const staging: Staging = {
      library: parts.library,
      mayBeTemporary: job.input.ways.via === 'api',
      onTemporary: () => void (warnings.includes(NO_ROOM) || warnings.push(NO_ROOM)),
    }
    const { model } = ctx.registries.images.resolve(job.model)
    const request = toImageRequest(job.input, sizesOf(job.input))
    const chargeFor = (sizes: PictureSize[]) =>
      imageCharge({ model, request, result: { count: sizes.length, usage: result.usage, sizes } })
    const costs = costsOf(result, chargeFor)
    const kept: Kept[] = []
    for (const [at, made] of result.images.entries()) {
      const costMicros = costs?.[at] ?? null
      kept.push(await stageOne(toStage(job, { made, at, now: parts.clock(), costMicros }), staging))
    }
    const charge = chargeFor(kept.map(({ facts }) => facts))
    const facts: ImageProductFacts = {
      pictures: kept.map((each, at) => toFact(result.images[at]!, each)),
      warnings,
    }
    return { itemIds: kept.map(({ itemId }) => itemId), charge, facts }
  })
}
