// Everything that touches the bytes of a picture: what comes in is looked at before it is decoded, and nothing but its
// pixels goes on.
import type { CleanInput, CleanPicture, PictureFacts, Provenance } from '#shared/contracts/library'
import { toHex } from '#shared/lib/bytes'
import { cleanPicture } from './clean.ts'
import { createCodecs, type PixelModules } from './codecs.ts'
import { decodePicture } from './decode.ts'
import { type Derived, derivePictures } from './derive.ts'
import { PictureError } from './picture-error.ts'
import { readProvenance } from './provenance/read-provenance.ts'
import { writeProvenance } from './provenance/write-provenance.ts'
import type { WrittenProvenance } from './provenance/xmp.ts'

export type { PixelModules } from './codecs.ts'
export type { Derived } from './derive.ts'
export type { WrittenProvenance } from './provenance/xmp.ts'

type Refused = Extract<CleanPicture, { ok: false }>
export type PreparedPicture = (Extract<CleanPicture, { ok: true }> & Derived) | Refused

export interface Pixels {
  clean(input: CleanInput): Promise<CleanPicture>
  /** From bytes that `clean` gave: throws for others. */
  derive(input: { bytes: Uint8Array; facts: PictureFacts }): Promise<Derived>
  /** `clean` and `derive`, decoded once. */
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

const refuse = (error: unknown): Refused => {
  if (!(error instanceof PictureError)) throw error
  return { ok: false, fault: error.fault, facts: error.facts }
}

export function createPixels(modules: PixelModules): Pixels {
  const codecs = createCodecs(modules)
  return {
    clean: (input) =>
      cleanPicture({ input, codecs }).then(({ bytes, facts }): CleanPicture => ({ ok: true, bytes, facts }), refuse),
    async derive({ bytes, facts }) {
      const { raster } = await decodePicture({ input: { bytes }, codecs })
      return derivePictures({ raster, facts, codecs })
    },
    async prepare(input) {
      try {
        const { bytes, facts, raster } = await cleanPicture({ input, codecs })
        return { ok: true, bytes, facts, ...(await derivePictures({ raster, facts, codecs })) }
      } catch (error) {
        return refuse(error)
      }
    },
    writeProvenance,
    readProvenance,
    async contentHash(bytes) {
      return toHex(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>))
    },
  }
}
