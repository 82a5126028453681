import { thumbHashToDataURL } from 'thumbhash'

/** The picture that a placeholder describes, as a data URL; null where it describes none. */
export function placeholderOf(thumbhash: string | null): string | null {
  if (!thumbhash) return null
  const known = made.get(thumbhash)
  if (known !== undefined) return known
  const url = decode(thumbhash)
  if (made.size > MOST) made.clear()
  made.set(thumbhash, url)
  return url
}

const MOST = 500
const made = new Map<string, string | null>()

function decode(thumbhash: string): string | null {
  try {
    const bytes = Uint8Array.from(atob(thumbhash), (character) => character.charCodeAt(0))
    return bytes.length < 5 ? null : thumbHashToDataURL(bytes)
  } catch {
    return null
  }
}
