// What bytes are, by their first few: a sender's `content-type` is a claim, and a wrong one goes on to a vendor.

/** Null where this is not what the bytes begin with. A number is that byte; null is any. */
type Signature = readonly (number | null)[]

const text = (letters: string): number[] => Array.from(letters, (letter) => letter.charCodeAt(0))
const any = (count: number): null[] => Array.from({ length: count }, () => null)

const signatures = [
  ['image/png', [0x89, ...text('PNG'), 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', text('GIF87a')],
  ['image/gif', text('GIF89a')],
  ['image/webp', [...text('RIFF'), ...any(4), ...text('WEBP')]],
  ['application/pdf', text('%PDF-')],
  ['audio/wav', [...text('RIFF'), ...any(4), ...text('WAVE')]],
  ['audio/mpeg', text('ID3')],
  ['audio/mpeg', [0xff, 0xfb]],
  ['audio/mpeg', [0xff, 0xf3]],
  ['audio/mpeg', [0xff, 0xf2]],
  ['audio/flac', text('fLaC')],
  ['audio/ogg', text('OggS')],
] as const satisfies readonly (readonly [string, Signature])[]

export type SniffedMediaType = (typeof signatures)[number][0]

const begins = (bytes: Uint8Array, signature: Signature): boolean =>
  bytes.length >= signature.length && signature.every((byte, at) => byte === null || bytes[at] === byte)

/** Null for whatever is none of those that models take. */
export function sniffMediaType(bytes: Uint8Array): SniffedMediaType | null {
  return signatures.find(([, signature]) => begins(bytes, signature))?.[0] ?? null
}
