// One file on its way to the platform. `fetch` tells nothing of what has been sent, so this is the older way.
import type { LibraryItem } from '#shared/contracts/library'
import { ApiProblem, readProblem } from '../../api/api-problem.ts'
import { UPLOADS } from './library-calls.ts'

export interface UploadWish {
  file: File
  collectionId: string | null
  onProgress: (share: number) => void
  signal: AbortSignal
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export function uploadFile({ file, collectionId, onProgress, signal }: UploadWish): Promise<LibraryItem> {
  const body = new FormData()
  body.set('file', file)
  if (collectionId !== null) body.set('collection_id', collectionId)
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const noAnswer = () =>
      reject(new ApiProblem({ code: 'network', status: 0, message: 'No answer.', requestId: null }))
    request.open('POST', UPLOADS)
    request.setRequestHeader('accept', 'application/json')
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total)
    })
    request.addEventListener('load', () => {
      const answer = parse(request.responseText)
      if (request.status >= 200 && request.status < 300 && answer !== null) return resolve(answer as LibraryItem)
      const headers = new Headers()
      for (const name of ['x-request-id', 'retry-after']) {
        const value = request.getResponseHeader(name)
        if (value !== null) headers.set(name, value)
      }
      reject(readProblem(new Response(null, { status: Math.max(200, request.status), headers }), answer))
    })
    request.addEventListener('error', noAnswer)
    request.addEventListener('timeout', noAnswer)
    request.addEventListener('abort', () => reject(new DOMException('The upload was stopped.', 'AbortError')))
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(body)
  })
}
