import { toBase64 } from '#shared/lib/bytes'
import type { InputPicture } from '../spec/image-model.ts'

export const toDataUrl = ({ bytes, mediaType }: Pick<InputPicture, 'bytes' | 'mediaType'>): string =>
  `data:${mediaType};base64,${toBase64(bytes)}`
