// Images behind addresses, for vendors that take them in the request alone: fetched within limits, from public
// addresses only, and put where their address was.
import { invalidRequest } from '#shared/http/problems'
import { safeFetchProblem } from '#shared/http/safe-fetch-problem'
import { toBase64 } from '#shared/lib/bytes'
import { safeFetch } from '#shared/lib/safe-fetch'
import type { ImagePart, LanguageMessage, LanguageRequest } from '../spec/language-model.ts'

const MAX_IMAGES = 20
const MAX_BYTES = 10 * 1_048_576
const TIMEOUT_MS = 15_000
const accept = ['image/jpeg', 'image/png', 'image/gif', 'image/webp'] as const

interface Options {
  signal: AbortSignal
  fetch?: typeof fetch
}

interface Fetched {
  mediaType: string
  data: string
}

type FetchImage = (url: string, param: string) => Promise<Fetched>

/** An address that is named twice is fetched once. */
function createFetchImage({ signal, fetch }: Options): FetchImage {
  const fetched = new Map<string, Promise<Fetched>>()
  const bring = async (url: string, param: string): Promise<Fetched> => {
    const outcome = await safeFetch({ url, maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS, accept, signal, fetch })
    if (!outcome.ok) throw safeFetchProblem(outcome, { what: 'image', param })
    return { mediaType: outcome.mediaType, data: toBase64(outcome.bytes) }
  }
  return (url, param) => {
    let image = fetched.get(url)
    if (!image) {
      if (fetched.size >= MAX_IMAGES)
        throw invalidRequest(
          `At most ${MAX_IMAGES} images can be fetched for this model. Send them in the request.`,
          param,
        )
      fetched.set(url, (image = bring(url, param)))
    }
    return image
  }
}

const isBehindAddress = (part: { type: string }): part is ImagePart & { source: { kind: 'url'; url: string } } =>
  part.type === 'image' && (part as ImagePart).source.kind === 'url'

async function inlinePart<Part extends LanguageMessage['content'][number]>(
  part: Part,
  bring: FetchImage,
): Promise<Part> {
  if (isBehindAddress(part))
    return { ...part, source: { kind: 'base64', ...(await bring(part.source.url, 'messages')) } }
  if (part.type === 'tool-result' && part.content.some(isBehindAddress))
    return { ...part, content: await Promise.all(part.content.map((inner) => inlinePart(inner, bring))) }
  return part
}

const holdsAddress = ({ content }: LanguageMessage): boolean =>
  content.some((part) => isBehindAddress(part) || (part.type === 'tool-result' && part.content.some(isBehindAddress)))

/** The same request where there is nothing to fetch. */
export async function inlineImages(request: LanguageRequest, options: Options): Promise<LanguageRequest> {
  if (!request.messages.some(holdsAddress)) return request
  const bring = createFetchImage(options)
  const messages = await Promise.all(
    request.messages.map(async (message) =>
      message.role === 'user' && holdsAddress(message)
        ? { ...message, content: await Promise.all(message.content.map((part) => inlinePart(part, bring))) }
        : message,
    ),
  )
  return { ...request, messages }
}

type Body = Record<string, unknown>

const isRecord = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value)
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

function addressOf(part: unknown): string | null {
  const image = isRecord(part) && part['type'] === 'image_url' ? part['image_url'] : null
  const url = isRecord(image) ? image['url'] : null
  return typeof url === 'string' && !url.startsWith('data:') ? url : null
}

/** The same for what a caller of OpenAI's chat completions wrote. */
export async function inlineImagesOfBody(body: Body, options: Options): Promise<Body> {
  const messages = listOf(body['messages'])
  const contentOf = (message: unknown): unknown[] => (isRecord(message) ? listOf(message['content']) : [])
  if (!messages.some((message) => contentOf(message).some((part) => addressOf(part) !== null))) return body
  const bring = createFetchImage(options)
  const inlined = await Promise.all(
    messages.map(async (message, at) => {
      const content = contentOf(message)
      if (!isRecord(message) || content.length === 0) return message
      const parts = content.map(async (part, index) => {
        const url = addressOf(part)
        if (url === null || !isRecord(part) || !isRecord(part['image_url'])) return part
        const { mediaType, data } = await bring(url, `messages[${at}].content[${index}].image_url.url`)
        return { ...part, image_url: { ...part['image_url'], url: `data:${mediaType};base64,${data}` } }
      })
      return { ...message, content: await Promise.all(parts) }
    }),
  )
  return { ...body, messages: inlined }
}
