// HTTP of the log of requests: for those who run an organization.
import { ListRequestsQuery, type RequestLogDetail } from '#shared/contracts/requests'
import type { ServiceApp } from '#shared/http/create-service-app'
import { invalidCursor } from '#shared/http/problems'
import { requirePermission } from '#shared/http/require-permission'
import { parseWith } from '#shared/http/validate'
import { decodeCursor, encodeCursor } from '#shared/lib/cursor'
import type { ChatEnv, ChatRequest } from '../context.ts'
import { createRequestContents, requestContentKey } from './contents.ts'
import { createRequestLogIndex, type ListRequests } from './repository.ts'
import { toRequestEntry } from './to-request-entry.ts'

const LIST = 'requests'

function readCursor(cursor: string | undefined): ListRequests['after'] {
  if (cursor === undefined) return undefined
  const place = decodeCursor(LIST, cursor)
  const [, at, id] = /^(\d{1,15})\/(.+)$/.exec(place ?? '') ?? []
  if (at === undefined || id === undefined) throw invalidCursor()
  return { at: Number(at), id }
}

const milliseconds = (moment: string | undefined): number | undefined =>
  moment === undefined ? undefined : Date.parse(moment)

async function listRequests(c: ChatRequest): Promise<Response> {
  const { organizationId } = requirePermission(c.get('principal'), 'requests.read')
  const query = parseWith(ListRequestsQuery, c.req.query())
  const { limit, model, key_id: keyId, user_id: userId, status } = query
  const rows = await createRequestLogIndex(c.env.DB).list({
    organizationId,
    limit: limit + 1,
    model,
    keyId,
    userId,
    status,
    from: milliseconds(query.from),
    to: milliseconds(query.to),
    after: readCursor(query.cursor),
  })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return c.json({
    data: page.map(toRequestEntry),
    next_cursor: rows.length > limit && last ? encodeCursor(LIST, `${last.at}/${last.id}`) : null,
  })
}

async function getRequest(c: ChatRequest, id: string): Promise<Response> {
  const { organizationId } = requirePermission(c.get('principal'), 'requests.read')
  const row = await createRequestLogIndex(c.env.DB).getRequestOf({ organizationId, id })
  const kept = row.content === 'none' ? null : await createRequestContents(c.env.MEDIA).find({ organizationId, id })
  return c.json({ ...toRequestEntry(row), kept } satisfies RequestLogDetail)
}

async function deleteRequest(c: ChatRequest, id: string): Promise<Response> {
  const { organizationId } = requirePermission(c.get('principal'), 'requests.delete')
  const index = createRequestLogIndex(c.env.DB)
  await index.getRequestOf({ organizationId, id })
  await c.env.MEDIA.delete(requestContentKey(organizationId, id))
  await index.remove({ organizationId, id })
  return new Response(null, { status: 204 })
}

export function requestLogRoutes(app: ServiceApp<ChatEnv>): void {
  app.get('/api/requests', listRequests)
  app.get('/api/requests/:id', (c) => getRequest(c, c.req.param('id')))
  app.delete('/api/requests/:id', (c) => deleteRequest(c, c.req.param('id')))
}
