// Everything that can be wrong with a request for pictures before it costs anything, and what is held for it.
import type { PolicySnapshot } from '#shared/contracts/policy'
import { invalidRequest, Problem, unsupportedParameter } from '#shared/http/problems'
import { namespaceEndUser } from '#shared/metering/namespace-end-user'
import { imageCeiling } from '#shared/metering/image-price'
import { requireAllowed } from '#shared/policy/require-allowed'
import type { CallableImageModel } from '#shared/providers/image-models'
import type { InputPicture } from '#shared/providers/spec/image-model'
import { checkTraits, type AskedPicture, type ParameterNames } from './check-traits.ts'
import type { ImagesContext } from './context.ts'
import type { ImageJobRecord, JobPicture } from './image-job.ts'
import { isEnglish } from './prompts/prompts.ts'
import { screenPrompt } from './safety/screen-prompt.ts'
import { applyStyle } from './styles/apply-style.ts'
import { findStyle, styles } from './styles/styles.ts'
import { sizesOf, toImageRequest } from './to-image-request.ts'

/** A picture to work from, and under which name the job will find it again. */
export interface GivenPicture extends InputPicture {
  /** Null: it came with the request, and has no name yet. */
  itemId: string | null
  /** It is no item of the library, but what came with a request. */
  sent: boolean
}

/** What was asked for, whichever entrance it came through. */
export interface ImageAsk extends Omit<AskedPicture, 'images' | 'mask'> {
  /** Null: the first that is configured here. */
  model: string | null
  originalPrompt: string | null
  style: string | null
  compression: number | null
  inputFidelity: 'low' | 'high' | null
  partialImages: number
  /** As the caller calls them. */
  endUser: string | null
  translate: boolean
  collectionId: string | null
  /** The caller does not want them in the library. */
  temporary: boolean
  /** The caller insists on addresses instead of the pictures themselves. */
  wantsUrls: boolean
  images: readonly GivenPicture[]
  mask: GivenPicture | null
  via: 'api' | 'page'
  names: ParameterNames
}

export interface PreparedPicture {
  model: CallableImageModel
  record: ImageJobRecord
  ceilingMicros: number
  /** What a caller is told and nobody has to be. */
  warnings: string[]
}

export type PrepareContext = Pick<
  ImagesContext,
  | 'organizationId'
  | 'requestId'
  | 'registriesOf'
  | 'guardrails'
  | 'moderation'
  | 'languageOf'
  | 'ledger'
  | 'payer'
  | 'signal'
  | 'waitUntil'
  | 'clock'
  | 'createId'
  | 'logger'
>

const meterOf = ({ ledger, payer, signal, waitUntil, clock, logger }: PrepareContext) => ({
  ledger,
  payer,
  signal,
  waitUntil,
  clock,
  logger,
})

function guardOf(snapshot: PolicySnapshot, ctx: PrepareContext) {
  if (snapshot.policy.guardrails.length === 0) return null
  const { organizationId, requestId } = ctx
  return ctx.guardrails({ organizationId, requestId, snapshot, meter: meterOf(ctx) })
}

function requireKeeping({ via, wantsUrls }: ImageAsk, { policy }: PolicySnapshot): void {
  if (!policy.zero_retention) return
  if (wantsUrls)
    throw unsupportedParameter(
      'response_format',
      'Your organization keeps nothing of its requests (zero retention), so there is no address for a picture: ask for “b64_json”.',
    )
  if (via === 'api') return
  throw new Problem(
    'conflict',
    'Your organization keeps nothing of its requests (zero retention), so there is no library for what this page makes. The API answers with the pictures themselves.',
    { facts: { reason: 'zero_retention' } },
  )
}

/** The qualities of a vendor that has none of its own names: the plain one is what everybody makes. */
const plainQualities = new Set(['auto', 'standard'])

const qualityOf = ({ quality }: ImageAsk, { image: { qualities } }: CallableImageModel): string | null =>
  quality !== null && !qualities.includes(quality) && plainQualities.has(quality) ? null : quality

function requireStyle({ style, names }: ImageAsk): void {
  if (style === null || findStyle(style)) return
  throw invalidRequest(
    `${names.style}: there is no style “${style}”; there are ${styles.map(({ id }) => id).join(', ')}`,
    names.style,
  )
}

const toJobPicture = (given: GivenPicture, itemId: string): JobPicture => ({
  itemId: given.itemId ?? itemId,
  sent: given.sent,
  mediaType: given.mediaType,
  width: given.width,
  height: given.height,
})

/** Named after the place that they have among the pictures that came; the job's own name is put before it when it is born. */
export const placeOf = (at: number | 'mask'): string => `#${at}`

interface Words {
  language: string | null
  /** Into English, before the model is asked. */
  translates: boolean
}

async function wordsOf(ask: ImageAsk, model: CallableImageModel, { languageOf }: PrepareContext): Promise<Words> {
  const language = ask.prompt === '' ? null : await languageOf(ask.prompt)
  return { language, translates: model.image.promptLanguage === 'en' && ask.translate && !isEnglish(language) }
}

/** Where a rule has masked something, the words before it are not kept either. */
const originalOf = ({ prompt, originalPrompt }: ImageAsk, screened: string): string | null =>
  screened === prompt && originalPrompt !== null && originalPrompt !== prompt ? originalPrompt : null

export async function preparePicture(
  ask: ImageAsk,
  snapshot: PolicySnapshot,
  ctx: PrepareContext,
): Promise<PreparedPicture> {
  requireKeeping(ask, snapshot)
  requireStyle(ask)
  const { images } = await ctx.registriesOf(snapshot)
  const model = ask.model === null ? images.default() : images.resolve(ask.model).model
  requireAllowed(model, snapshot.policy)
  const quality = qualityOf(ask, model)
  const { size } = checkTraits({ asked: { ...ask, quality }, model, names: ask.names })
  const guard = guardOf(snapshot, ctx)
  const screened = screenPrompt(
    { prompt: ask.prompt, negativePrompt: ask.negativePrompt },
    { guard, mode: ctx.moderation },
  )
  const words = await wordsOf(ask, model, ctx)
  const styled = applyStyle({
    ...screened,
    style: ask.style,
    language: words.language,
    takesNegative: model.image.negativePrompt,
  })
  const partialImages = model.image.partialImages ? ask.partialImages : 0
  const record: ImageJobRecord = {
    operation: ask.operation,
    model: model.id,
    prompt: screened.prompt,
    original_prompt: originalOf(ask, screened.prompt),
    negative_prompt: screened.negativePrompt,
    count: ask.count,
    size: ask.size ?? 'auto',
    quality,
    style: ask.style,
    background: ask.background === 'auto' ? null : ask.background,
    format: ask.format,
    compression: ask.compression,
    seed: ask.seed,
    item_ids: ask.images.flatMap(({ itemId, sent }) => (itemId !== null && !sent ? [itemId] : [])),
    translate: ask.translate,
    collection_id: ask.collectionId,
    extend: ask.extend,
    scale: ask.scale,
    ways: {
      prompt: styled.prompt,
      negativePrompt: styled.negativePrompt,
      translated: null,
      translates: words.translates,
      warnings: [],
      size,
      pictures: ask.images.map((picture, at) => toJobPicture(picture, placeOf(at))),
      mask: ask.mask && toJobPicture(ask.mask, placeOf('mask')),
      inputFidelity: ask.inputFidelity,
      partialImages,
      endUser: ask.endUser && (await namespaceEndUser(ctx.organizationId, ask.endUser)),
      temporary: ask.temporary || snapshot.policy.zero_retention,
      unkept: snapshot.policy.zero_retention,
      via: ask.via,
    },
  }
  const { amountMicros } = imageCeiling({ model, request: toImageRequest(record, sizesOf(record)) })
  const noPartials =
    ask.partialImages > partialImages ? [`partial_images: ${model.id} shows none before the final picture`] : []
  return { model, record, ceilingMicros: amountMicros, warnings: noPartials }
}

/** What the row of an organization that keeps nothing says: no words of anybody. */
export function withoutWords(record: ImageJobRecord): ImageJobRecord {
  const { ways } = record
  if (!ways.unkept) return record
  return {
    ...record,
    prompt: '',
    original_prompt: null,
    negative_prompt: null,
    ways: { ...ways, prompt: '', negativePrompt: null, endUser: null },
  }
}
