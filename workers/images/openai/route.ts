// POST /v1/images/generations, /edits and /variations, as OpenAI's client calls them.
import { requirePayer } from '#shared/http/require-permission'
import { fingerprintOf, readIdempotencyKey } from '#shared/metering/fingerprint'
import { imagesContext, type ImagesCollaborators, type ImagesContext, type ImagesRequest } from '../context.ts'
import { createImageJob } from '../create-job.ts'
import type { ImageAsk } from '../prepare-picture.ts'
import { answerStream } from './answer-stream.ts'
import { answerWhole } from './answer.ts'
import type { EventFamily } from './image-events.ts'
import { readApiAsk, receiveFiles, type ApiAsk, type ApiCall } from './read-ask.ts'

const families: Record<ApiCall, EventFamily> = {
  generations: 'image_generation',
  edits: 'image_edit',
  variations: 'image_edit',
}

/** What is usual for OpenAI's models of that name; everything newer answers with the pictures themselves. */
const usuallyUrl = (model: string | null): boolean => /(?:^|\/)dall-e/.test(model ?? '')

const formatOf = ({ ask, responseFormat, stream }: ApiAsk): 'url' | 'b64_json' =>
  responseFormat ?? (!stream && usuallyUrl(ask.model) ? 'url' : 'b64_json')

interface Received {
  asked: ApiAsk
  ask: ImageAsk
  key: string | null
}

/** What is wrong with a request is not told to a stranger, and no stranger's files are looked at. */
async function receive(c: ImagesRequest, call: ApiCall, ctx: ImagesContext): Promise<Received> {
  const read = async () => ({
    key: readIdempotencyKey(c.req.raw.headers.get('idempotency-key')),
    asked: await readApiAsk(c.req.raw, call),
  })
  const { key, asked } = await read().catch(async (error: unknown) => {
    await ctx.known()
    throw error
  })
  if (asked.files.images.length > 0) await ctx.known()
  const ask = await receiveFiles(asked, ctx.library)
  return { asked, ask: { ...ask, wantsUrls: formatOf(asked) === 'url' && asked.responseFormat !== null }, key }
}

export async function imagesRoute(c: ImagesRequest, call: ApiCall, outside: ImagesCollaborators): Promise<Response> {
  const principal = requirePayer(c.get('principal'), 'images.use')
  const ctx = imagesContext(c, principal, outside)
  const { asked, ask, key } = await receive(c, call, ctx)
  const path = `/v1/images/${call}`
  const idempotency = key === null ? null : { key, fingerprint: await fingerprintOf(path, asked.body) }
  const created = await createImageJob({ ask, idempotency, driven: true }, ctx)
  const answer = {
    created,
    as: created.record.ways.unkept ? ('b64_json' as const) : formatOf(asked),
    origin: c.req.url,
    warnings: [...asked.warnings, ...created.warnings],
  }
  return asked.stream ? answerStream({ ...answer, family: families[call], path }, ctx) : answerWhole(answer, ctx)
}
