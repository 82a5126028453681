// What every vendor of pictures must do, whether it answers at once or takes an order. A vendor brings answers in its own
// documented shapes; the suite brings the expectations. A new vendor is done when this is green.
import { describe, expect, test } from 'vitest'
import { imageOperations, type ImageTraits } from '#shared/contracts/model'
import { isProblem, type Problem } from '#shared/http/problems'
import type { Usage } from '#shared/lib/money'
import type { ImageModel, ImageRequest, ImageResult, InputPicture } from '../spec/image-model.ts'
import type { Warning } from '../spec/language-model.ts'
import { onePixel, otherPixel, PICTURE_HOST, SECRET } from './image-samples.ts'

export interface ImageUpstreamCall {
  method: string
  url: string
  headers: Headers
  /** As text, unless it was a form. */
  body: string
  form: FormData | null
  signal: AbortSignal | undefined
}

export type RespondWithPictures = (call: ImageUpstreamCall) => Response | Promise<Response>

/** What the vendor is to do, whatever that looks like in its protocol. */
export type VendorAct =
  /** `pictures` are base64, or what stands in their place; fewer or more than were asked for, where the test says so. */
  | { does: 'makes'; pictures: string[] }
  /** The same by addresses. */
  | { does: 'links'; urls: string[] }
  /** By its usage policy. */
  | { does: 'refuses' }
  /** The first call is answered so. */
  | { does: 'fails'; status: number; message: string; headers?: Record<string, string> }
  | { does: 'says'; body: string; contentType: string }

export interface ImageFixtures {
  /** The vendor's side of its protocol. Called anew for each test. */
  vendor: (act: VendorAct) => RespondWithPictures
  /** How it gives pictures: in its answer, by addresses, or both. */
  gives: readonly ('bytes' | 'links')[]
  /** It is asked once for each picture, so that each answer holds one. */
  onePerCall?: true
  /** What is counted for two pictures that `makes` has made. */
  usage: Usage | null
  /** A vendor without a key cannot leak one. */
  keyless?: true
  /** Its model has no word for these, whatever its traits say. */
  knowsNot?: readonly string[]
}

export interface ImageConformance {
  name: string
  create: (options: { respond: RespondWithPictures; traits: ImageTraits }) => ImageModel
  fixtures: ImageFixtures
}

/** Everything that a model can be able to. */
export const everyImageTrait: ImageTraits = {
  operations: imageOperations,
  sizes: { kind: 'range', min: 64, max: 4_096, step: 1, maxPixels: 16_777_216 },
  autoSize: true,
  qualities: ['low', 'high'],
  maxImages: 10,
  maxInputImages: 16,
  mask: true,
  transparency: true,
  seed: true,
  negativePrompt: true,
  partialImages: true,
  inputFidelity: true,
  promptLanguage: 'any',
  maxPromptCharacters: 32_000,
  delivery: 'direct',
  pricing: { unit: 'images', rows: [{ price: 0 }] },
}

/** A model that makes one picture of a prompt, and nothing else. */
export const bareImageTraits: ImageTraits = {
  ...everyImageTrait,
  operations: ['generate'],
  qualities: [],
  maxImages: 1,
  maxInputImages: 0,
  mask: false,
  transparency: false,
  seed: false,
  negativePrompt: false,
  partialImages: false,
  inputFidelity: false,
}

export const catRequest: ImageRequest = { operation: 'generate', prompt: 'قطة a cat', count: 1 }

export const inputPicture: InputPicture = { bytes: onePixel, mediaType: 'image/png', width: 1_024, height: 1_024 }

const calm = () => new AbortController().signal
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const LOOKS = 20

/** Asked, and waited for without a clock. */
export async function makePictures(
  model: ImageModel,
  request: ImageRequest,
  signal: AbortSignal = calm(),
): Promise<ImageResult> {
  if (model.delivery === 'direct') return model.generate(request, { signal, idempotencyKey: 'key' })
  const { operation, warnings } = await model.start(request, { signal, idempotencyKey: 'key', webhookUrl: null })
  for (let look = 0; look < LOOKS; look++) {
    const state = await model.poll(operation, { signal })
    if (state.state === 'failed') throw state.problem
    if (state.state === 'done')
      return { ...state.result, warnings: [...warnings, ...state.result.warnings] satisfies Warning[] }
  }
  throw new Error('it never comes to an end')
}

/** A `fetch` in the vendor's place; what lies at an address of `PICTURE_HOST` is served by `files`. */
export function pictureFetch(
  respond: RespondWithPictures,
  files: Readonly<Record<string, () => Response>> = {},
): typeof fetch {
  return async (input, init) => {
    const request = new Request(input as RequestInfo, init)
    const signal = init?.signal ?? undefined
    const file = request.url.startsWith(PICTURE_HOST) ? files[request.url] : undefined
    const isForm = (request.headers.get('content-type') ?? '').startsWith('multipart/form-data')
    const form = isForm ? await request.clone().formData() : null
    const body = isForm ? '' : await request.text()
    const { method, url, headers } = request
    const answer = Promise.resolve(file ? file() : respond({ method, url, headers, body, form, signal }))
    if (!signal) return answer
    const { promise: aborted, reject } = Promise.withResolvers<never>()
    aborted.catch(() => undefined)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    return Promise.race([answer, aborted])
  }
}

const png = (bytes: Uint8Array) => () =>
  new Response(new Uint8Array(bytes), { headers: { 'content-type': 'image/png' } })

/** Files that vendors' links lead to. */
export const linkedFiles: Readonly<Record<string, () => Response>> = {
  [`${PICTURE_HOST}1.png`]: png(onePixel),
  [`${PICTURE_HOST}2.png`]: png(otherPixel),
  [`${PICTURE_HOST}gone.png`]: () => new Response('gone', { status: 404 }),
  [`${PICTURE_HOST}page.html`]: () => new Response('<html></html>', { headers: { 'content-type': 'image/png' } }),
  [`${PICTURE_HOST}vast.png`]: () =>
    new Response(new Uint8Array(onePixel), { headers: { 'content-length': String(2 ** 31) } }),
}

async function problemOf(name: string, promise: Promise<unknown>): Promise<Problem> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!isProblem(error)) throw new Error(`${name}: expected a Problem, got ${String(error)}`)
  return error
}

interface Suite extends ImageConformance {
  act: (act: VendorAct, traits?: ImageTraits) => ImageModel
  codeOf: (act: VendorAct, request?: Partial<ImageRequest>) => Promise<string>
}

function picturesThemselves({ fixtures, act, codeOf }: Suite): void {
  const { gives } = fixtures
  const bytes = gives.includes('bytes')
  const both = [base64(onePixel), base64(otherPixel)]
  const links = [`${PICTURE_HOST}1.png`, `${PICTURE_HOST}2.png`]
  const two: VendorAct = bytes ? { does: 'makes', pictures: both } : { does: 'links', urls: links }
  const one: VendorAct = bytes ? { does: 'makes', pictures: both.slice(0, 1) } : { does: 'links', urls: [links[0]!] }

  test('pictures come byte for byte, in their order, with what was counted', async () => {
    const { images, usage } = await makePictures(act(two), { ...catRequest, count: 2 })
    expect(images.map((image) => base64(image.bytes))).toEqual(both)
    expect(usage).toEqual(fixtures.usage)
  })

  test.skipIf(gives.length < 2)('a vendor that answers with addresses is one that answers', async () => {
    const { images } = await makePictures(act({ does: 'links', urls: links }), { ...catRequest, count: 2 })
    expect(images.map((image) => base64(image.bytes))).toEqual(both)
  })

  test('an answer without a picture is named, and nothing else', async () => {
    const nothing: VendorAct = bytes ? { does: 'makes', pictures: [] } : { does: 'links', urls: [] }
    expect(await codeOf(nothing)).toBe('provider_no_image')
  })

  test('another number of pictures than was asked for is named', async () => {
    expect(await codeOf(two, { count: 1 })).toBe('provider_wrong_count')
    if (!fixtures.onePerCall) expect(await codeOf(one, { count: 2 })).toBe('provider_wrong_count')
  })

  test
    .skipIf(!bytes)
    .each(['%%%', '', 'YQ', 'data:text/html;base64,PGh0bWw+', base64(new TextEncoder().encode('GIF'))])(
    'bytes that are no picture (%j) are named',
    async (picture) => {
      expect(await codeOf({ does: 'makes', pictures: [picture] })).toMatch(/^provider_(bad|no)_image$/)
    },
  )

  test.skipIf(!gives.includes('links')).each([
    [`${PICTURE_HOST}gone.png`, 'provider_image_lost'],
    ['https://127.0.0.1/1.png', 'provider_image_lost'],
    ['not an address', 'provider_image_lost'],
    [`${PICTURE_HOST}page.html`, 'provider_bad_image'],
    [`${PICTURE_HOST}vast.png`, 'provider_bad_image'],
  ])('a link to %s ends as %s', async (url, code) => {
    expect(await codeOf({ does: 'links', urls: [url] })).toBe(code)
  })

  test('a prompt that the vendor refuses is the caller’s to change', async () => {
    expect(await codeOf({ does: 'refuses' })).toBe('content_rejected')
  })
}

function failures({ name, fixtures, act, codeOf, create }: Suite): void {
  const failing = (status: number, message = 'no', headers: Record<string, string> = {}): VendorAct => ({
    does: 'fails',
    status,
    message,
    headers,
  })

  test.each([
    [400, 'invalid_request'],
    [401, 'provider_misconfigured'],
    [403, 'provider_misconfigured'],
    [404, 'provider_error'],
    [408, 'provider_timeout'],
    [429, 'provider_overloaded'],
    [500, 'provider_error'],
    [503, 'provider_overloaded'],
    [504, 'provider_timeout'],
  ])('a vendor’s %i is our %s', async (status, code) => {
    expect(await codeOf(failing(status))).toBe(code)
  })

  test('only of the caller’s own fault are the vendor’s words shown', async () => {
    const told = await problemOf(name, makePictures(act(failing(400, 'the prompt is odd')), catRequest))
    expect(told.message).toContain('the prompt is odd')
    for (const status of [401, 429, 500]) {
      const hidden = await problemOf(name, makePictures(act(failing(status, 'inner workings')), catRequest))
      expect(hidden.message).not.toContain('inner workings')
    }
  })

  test.skipIf(fixtures.keyless)('the operator’s key is in no error, though the vendor echoes it', async () => {
    for (const status of [400, 401, 500]) {
      const problem = await problemOf(name, makePictures(act(failing(status, `bad key ${SECRET}`)), catRequest))
      expect(JSON.stringify([problem.message, problem.details])).not.toContain(SECRET)
    }
  })

  test.each(['<html>Bad gateway</html>', '{"half": ', '', '[]', 'null', '{}'])(
    'nonsense (%j) with status 200 is the provider’s fault',
    async (body) => {
      const contentType = body.startsWith('<') ? 'text/html' : 'application/json'
      expect(await codeOf({ does: 'says', body, contentType })).toMatch(/^provider_(error|no_image|bad_image)$/)
    },
  )

  test('no connection is the provider’s error', async () => {
    const respond = () => Promise.reject<Response>(new TypeError('fetch failed'))
    const model = create({ respond, traits: everyImageTrait })
    expect((await problemOf(name, makePictures(model, catRequest))).code).toBe('provider_error')
  })
}

function leaving({ fixtures, create }: Suite): void {
  test('a signal that has fired sends nothing', async () => {
    let called = false
    const answer = fixtures.vendor({ does: 'makes', pictures: [base64(onePixel)] })
    const model = create({ respond: (call) => ((called = true), answer(call)), traits: everyImageTrait })
    const stop = new AbortController()
    stop.abort(new Error('left'))
    await expect(makePictures(model, catRequest, stop.signal)).rejects.toThrow('left')
    expect(called).toBe(false)
  })

  test('whoever leaves before the vendor answers stops the call', async () => {
    const stop = new AbortController()
    const respond: RespondWithPictures = () => {
      queueMicrotask(() => stop.abort(new Error('left')))
      return new Promise(() => undefined)
    }
    const model = create({ respond, traits: everyImageTrait })
    await expect(makePictures(model, catRequest, stop.signal)).rejects.toThrow('left')
  })
}

function settings({ name, fixtures, act }: Suite): void {
  const made: VendorAct = fixtures.gives.includes('bytes')
    ? { does: 'makes', pictures: [base64(onePixel)] }
    : { does: 'links', urls: [`${PICTURE_HOST}1.png`] }

  test('a setting that the model has no word for is said, never silently dropped', async () => {
    const request: ImageRequest = { ...catRequest, negativePrompt: 'dogs', seed: 7, quality: 'high' }
    const { warnings } = await makePictures(act(made, bareImageTraits), request)
    const said = warnings.map(({ parameter }) => parameter)
    for (const parameter of fixtures.knowsNot ?? ['negative_prompt', 'quality', 'seed'])
      expect(said, `${name}: ${parameter}`).toContain(parameter)
  })
}

export function imageModelConformance(conformance: ImageConformance): void {
  const { name, create, fixtures } = conformance
  const act: Suite['act'] = (deed, traits = everyImageTrait) => create({ respond: fixtures.vendor(deed), traits })
  const codeOf: Suite['codeOf'] = async (deed, request = {}) =>
    (await problemOf(name, makePictures(act(deed), { ...catRequest, ...request }))).code
  const suite: Suite = { ...conformance, act, codeOf }
  describe(`${name}, as every vendor of pictures`, () => {
    picturesThemselves(suite)
    failures(suite)
    leaving(suite)
    settings(suite)
  })
}
