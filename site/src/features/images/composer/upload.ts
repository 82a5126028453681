// A picture on its way into the library. `fetch` tells nothing of what has been sent, so this is the older way.
import type { LibraryItem } from '#shared/contracts/library'
import { ApiProblem, readProblem } from '../../../api/api-problem.ts'
import { UPLOADS } from '../../library/library-calls.ts'

export interface Sending {
  done: Promise<LibraryItem>
  abort: () => void
}

/** `onProgress`: a share, 0 to 1. */
export function sendPicture(file: File, onProgress: (share: number) => void): Sending {
  const request = new XMLHttpRequest()
  const done = new Promise<LibraryItem>((resolve, reject) => {
    request.open('POST', UPLOADS)
    request.setRequestHeader('accept', 'application/json')
    request.upload.addEventListener('progress', ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0))
    request.addEventListener('load', () => {
      const body = parse(request.responseText)
      if (request.status >= 200 && request.status < 300) return resolve(body as LibraryItem)
      reject(readProblem(new Response(null, { status: Math.max(400, request.status) }), body))
    })
    const lost = () => reject(new ApiProblem({ code: 'network', status: 0, message: 'No answer.', requestId: null }))
    request.addEventListener('error', lost)
    request.addEventListener('abort', () => reject(new DOMException('given up', 'AbortError')))
    const form = new FormData()
    form.set('file', file, file.name || 'picture')
    request.send(form)
  })
  return { done, abort: () => request.abort() }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
