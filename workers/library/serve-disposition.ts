// The name under which a file is saved (RFC 6266): as it is called, in Arabic too, and in plain letters for whoever reads
// no more than those.
import { cleanTitle } from './upload-title.ts'

const extensions: Record<string, string> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'application/zip': 'zip',
}

/** RFC 8187 escapes a little more than an address does. */
const encodeName = (name: string): string =>
  encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )

const FALLBACK = 'riwaq'
const MAX_NAME = 120

function plainName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9 ._-]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  return /[A-Za-z0-9]/.test(plain) ? plain : FALLBACK
}

export function contentDisposition({
  title,
  mediaType,
  attachment,
}: {
  title: string
  mediaType: string
  attachment: boolean
}): string {
  const extension = extensions[mediaType] ?? 'bin'
  const name = Array.from(cleanTitle(title)).slice(0, MAX_NAME).join('').trim() || FALLBACK
  const kind = attachment ? 'attachment' : 'inline'
  return `${kind}; filename="${plainName(name)}.${extension}"; filename*=UTF-8''${encodeName(`${name}.${extension}`)}`
}
