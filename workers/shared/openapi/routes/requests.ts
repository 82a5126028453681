// The log of an organization's requests.
import { pageOf } from '../../contracts/page.ts'
import { RequestLogDetail, RequestLogEntry } from '../../contracts/requests.ts'
import { pageParameters, pathId, text, type Parameter, type Route } from '../route.ts'

const requests = { tag: 'requests', access: 'key' } as const
const requestId = pathId('id', 'The request’s id, as in `x-request-id`.')
const filter = (name: string, description: string, schema: Record<string, unknown> = text): Parameter => ({
  name,
  in: 'query',
  description,
  schema,
})
const moment = { type: 'string', format: 'date-time' }

export const requestRoutes: Route[] = [
  {
    ...requests,
    method: 'get',
    path: '/api/requests',
    id: 'listRequests',
    summary: 'The requests that were logged, newest first',
    description:
      'For owners, admins and keys with the scope `organization`. Which requests are logged, how much of them and for how long is a matter of your organization’s policy.',
    parameters: [
      ...pageParameters,
      filter('model', 'The model that was asked for, or the one that answered.'),
      filter('key_id', 'Made with this key.'),
      filter('user_id', 'Made by this member, or with a key of theirs.'),
      filter('status', '`ok`, `error` or a status.'),
      filter('from', 'The first moment.', moment),
      filter('to', 'The moment after the last.', moment),
    ],
    answers: [{ status: 200, description: 'A page.', schema: pageOf(RequestLogEntry) }],
    problems: ['invalid_cursor'],
  },
  {
    ...requests,
    method: 'get',
    path: '/api/requests/{id}',
    id: 'getRequest',
    summary: 'One request, with what was said where that is kept',
    parameters: [requestId],
    answers: [{ status: 200, description: 'The request.', schema: RequestLogDetail }],
    problems: ['not_found'],
  },
  {
    ...requests,
    access: 'session',
    method: 'delete',
    path: '/api/requests/{id}',
    id: 'deleteRequest',
    summary: 'Delete a request from the log',
    description: 'Its charge stays in the ledger.',
    parameters: [requestId],
    answers: [{ status: 204, description: 'It is gone.' }],
    problems: ['not_found'],
  },
]
