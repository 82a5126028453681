// Opaque cursors: a place in one list, which no other list will take.
import { fromBase64Url, toBase64Url } from './bytes.ts'

export const encodeCursor = (list: string, place: string | number): string =>
  toBase64Url(new TextEncoder().encode(`${list}:${place}`))

/** Null where it is not a cursor of this list. */
export function decodeCursor(list: string, cursor: string): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(fromBase64Url(cursor))
    return text.startsWith(`${list}:`) ? text.slice(list.length + 1) : null
  } catch {
    return null
  }
}
