// The token of a confirmation link that was followed where nobody is signed in. The platform checks it; here it only
// says whose address it is.
import { useEffect, useState } from 'preact/hooks'

export function emailInToken(token: string): string {
  try {
    const [, payload = ''] = token.split('.')
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (each) => each.charCodeAt(0))
    const { email } = JSON.parse(new TextDecoder().decode(bytes)) as { email?: unknown }
    return typeof email === 'string' ? email : ''
  } catch {
    return ''
  }
}

/** Null where there is none; known only once the page is alive. */
export function useConfirmation(): [string | null, () => void] {
  const [token, setToken] = useState<string | null>(null)
  useEffect(() => setToken(new URLSearchParams(window.location.search).get('confirmation')), [])
  return [token, () => setToken(null)]
}
