// Better Auth's errors as RFC 9457 problems that keep its own `code` and `message`, which its clients read.

interface AccountError {
  status: number
  code: string
  message: string
}

export const accountError = ({ status, code, message }: AccountError): Response =>
  Response.json({ code, message }, { status })

const codeFor = (status: number): string =>
  status === 401 ? 'UNAUTHORIZED' : status === 404 ? 'NOT_FOUND' : status >= 500 ? 'INTERNAL_ERROR' : 'BAD_REQUEST'

export async function asProblem(response: Response, requestId: string): Promise<Response> {
  const headers = new Headers(response.headers)
  if (response.status < 400) return new Response(response.body, { status: response.status, headers })
  const said = (await response.json().catch(() => ({}))) as { code?: unknown; message?: unknown }
  // What went wrong inside is for the log.
  const code = response.status < 500 && typeof said.code === 'string' ? said.code : codeFor(response.status)
  const message =
    response.status < 500 && typeof said.message === 'string'
      ? said.message
      : response.status < 500
        ? 'The request was refused.'
        : 'Something went wrong on our side.'
  headers.set('content-type', 'application/problem+json')
  headers.set('x-should-retry', 'false')
  headers.delete('content-length')
  const problem = {
    type: '/en/docs/errors#accounts',
    title: code.toLowerCase().replaceAll('_', ' '),
    status: response.status,
    detail: message,
    code,
    message,
    request_id: requestId,
  }
  return new Response(JSON.stringify(problem), { status: response.status, headers })
}
