// PDFs behind addresses are fetched here and sent as what they are, also to Anthropic: nobody knows how long a file is
// before it is there, and a call must be held for before it is made.
import type { MessagesRequest } from '#shared/contracts/messages'
import { invalidRequest } from '#shared/http/problems'
import { safeFetchProblem } from '#shared/http/safe-fetch-problem'
import { toBase64 } from '#shared/lib/bytes'
import { safeFetch, type SafeFetchOutcome } from '#shared/lib/safe-fetch'
import { isRecord } from '../loose.ts'

const MAX_DOCUMENTS = 5
const MAX_BYTES = 20 * 1_048_576
const TIMEOUT_MS = 20_000

export type FetchDocument = (url: string) => Promise<SafeFetchOutcome>

export const fetchDocument: FetchDocument = (url) =>
  safeFetch({ url, maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS, accept: ['application/pdf'] })

interface Found {
  source: { type: 'url'; url: string }
  param: string
}

const isBehindAddress = (block: unknown): block is { source: Found['source'] } =>
  isRecord(block) && block['type'] === 'document' && isRecord(block['source']) && block['source']['type'] === 'url'

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** Documents stand in turns, and in the results of tools in them. */
function findDocuments(blocks: unknown, param: string): Found[] {
  return listOf(blocks).flatMap((block, at) => {
    const here = `${param}[${at}]`
    if (isBehindAddress(block)) return [{ source: block.source, param: `${here}.source.url` }]
    return isRecord(block) && block['type'] === 'tool_result' ? findDocuments(block['content'], `${here}.content`) : []
  })
}

function replaced(blocks: unknown[], sources: Map<object, unknown>): unknown[] {
  return blocks.map((block) => {
    if (isBehindAddress(block)) return { ...block, source: sources.get(block.source) }
    if (!isRecord(block) || !Array.isArray(block['content'])) return block
    return { ...block, content: replaced(block['content'], sources) }
  })
}

async function toSource({ source, param }: Found, fetchOne: FetchDocument): Promise<[object, unknown]> {
  const outcome = await fetchOne(source.url)
  if (!outcome.ok) throw safeFetchProblem(outcome, { what: 'file', param })
  return [source, { type: 'base64', media_type: 'application/pdf', data: toBase64(outcome.bytes) }]
}

/** The same body where there is nothing to fetch. `allowed` throws where its caller may not make us fetch. */
export async function inlineDocuments(
  body: MessagesRequest,
  { fetchOne = fetchDocument, allowed }: { fetchOne?: FetchDocument; allowed: () => Promise<void> },
): Promise<MessagesRequest> {
  const found = body.messages.flatMap(({ content }, at) => findDocuments(content, `messages[${at}].content`))
  if (found.length === 0) return body
  await allowed()
  if (found.length > MAX_DOCUMENTS)
    throw invalidRequest(`At most ${MAX_DOCUMENTS} files can be fetched for one request.`, found[MAX_DOCUMENTS]!.param)
  const sources = new Map(await Promise.all(found.map((each) => toSource(each, fetchOne))))
  const messages = body.messages.map((message) =>
    Array.isArray(message.content) ? { ...message, content: replaced(message.content, sources) } : message,
  )
  return { ...body, messages: messages as MessagesRequest['messages'] }
}
