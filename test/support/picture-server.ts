// OpenAI's pictures on this machine: made at once or shown on the way, counted in tokens, and what each call brought with it.
import { plainPng } from './plain-png.ts'
import { json, startVendorServer, type VendorCall } from './vendor-server.ts'

export interface PictureCall {
  call: 'generations' | 'edits'
  fields: Record<string, unknown>
  images: number
  mask: boolean
}

export interface PictureServer {
  calls: PictureCall[]
  close(): Promise<void>
}

/** Of each picture. */
export const PICTURE_TOKENS = 272
export const PROMPT_TOKENS = 11

const base64 = () => plainPng().toString('base64')

const usageOf = (pictures: number) => ({
  input_tokens: PROMPT_TOKENS,
  input_tokens_details: { text_tokens: PROMPT_TOKENS, image_tokens: 0 },
  output_tokens: PICTURE_TOKENS * pictures,
  total_tokens: PROMPT_TOKENS + PICTURE_TOKENS * pictures,
})

/** Nothing is harmful here. */
function judge({ body }: VendorCall): Response {
  const { input } = JSON.parse(body.toString()) as { input: unknown }
  const results = (Array.isArray(input) ? input : [input]).map(() => ({
    flagged: false,
    categories: {},
    category_scores: {},
  }))
  return json({ id: 'modr-1', model: 'omni-moderation-latest', results })
}

async function read({ url, headers, body }: VendorCall): Promise<PictureCall> {
  if (!url.pathname.endsWith('/edits'))
    return { call: 'generations', fields: JSON.parse(body.toString()) as object as never, images: 0, mask: false }
  const type = headers.get('content-type') ?? ''
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
  const entries = [...form.entries()]
  return {
    call: 'edits',
    fields: Object.fromEntries(entries.filter(([, value]) => typeof value === 'string')),
    images: entries.filter(([name]) => name.startsWith('image')).length,
    mask: form.has('mask'),
  }
}

function stream({ call, fields }: PictureCall): Response {
  const family = call === 'edits' ? 'image_edit' : 'image_generation'
  const event = (type: string, more: object) =>
    `event: ${type}\ndata: ${JSON.stringify({ type, b64_json: base64(), created_at: 1, ...more })}\n\n`
  const parts = Array.from({ length: Number(fields['partial_images'] ?? 0) }, (_, index) =>
    event(`${family}.partial_image`, { partial_image_index: index }),
  )
  const text = [...parts, event(`${family}.completed`, { usage: usageOf(1) })].join('')
  return new Response(text, { headers: { 'content-type': 'text/event-stream' } })
}

export async function startPictureServer({ port }: { port: number }): Promise<PictureServer> {
  const calls: PictureCall[] = []
  const server = await startVendorServer(async (call) => {
    if (call.url.pathname.endsWith('/moderations')) return judge(call)
    if (!call.url.pathname.includes('/images/')) return json({ error: { message: 'not here' } }, 404)
    const asked = await read(call)
    calls.push(asked)
    if (String(asked.fields['stream']) === 'true') return stream(asked)
    const count = Number(asked.fields['n'] ?? 1)
    const data = Array.from({ length: count }, () => ({ b64_json: base64() }))
    return json({ created: 1, data, usage: usageOf(count) })
  }, port)
  return { calls, close: server.close }
}
