// Everything that touches the bytes of a picture: what comes in is looked at before it is decoded, and nothing but its
// pixels goes on.
import type { CleanInput, CleanPicture, PictureFacts, Provenance } from '#shared/contracts/library'
import type { PixelModules } from './codecs.ts'

export type { PixelModules } from './codecs.ts'

export interface DerivedPicture {
  bytes: Uint8Array
  mediaType: 'image/webp'
  width: number
  height: number
}

export interface Derived {
  /** Null where the original does as well: small already, in pixels and in bytes. */
  web: DerivedPicture | null
  thumbnail: DerivedPicture
  /** In base64. */
  thumbhash: string
}

export type PreparedPicture = (Extract<CleanPicture, { ok: true }> & Derived) | Extract<CleanPicture, { ok: false }>

/** As it was read out of a file. What it says is a claim: anybody can write into a file. */
export interface WrittenProvenance {
  description: string | null
  creatorTool: string | null
  digitalSourceType: string | null
  /** Riwaq's own fields, by name. */
  fields: Record<string, string>
}

export interface Pixels {
  clean(input: CleanInput): Promise<CleanPicture>
  /** From bytes that `clean` gave: throws for others. */
  derive(input: { bytes: Uint8Array; facts: PictureFacts }): Promise<Derived>
  /** `clean` and `derive`, decoded once: a third less work. */
  prepare(input: CleanInput): Promise<PreparedPicture>
  /** Into bytes that `clean` gave; the pixels stay as they are. */
  writeProvenance(input: {
    bytes: Uint8Array
    mediaType: PictureFacts['mediaType']
    provenance: Provenance
  }): Uint8Array
  /** Null where there is none, or none that can be read. */
  readProvenance(input: { bytes: Uint8Array; mediaType: PictureFacts['mediaType'] }): WrittenProvenance | null
  /** SHA-256 in hex. */
  contentHash(bytes: Uint8Array): Promise<string>
}

export declare function createPixels(modules: PixelModules): Pixels
