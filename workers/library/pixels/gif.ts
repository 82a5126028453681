// GIFs are not taken. Whether one moves is still worth saying: a still is what its sender has to make of it.

const EXTENSION = 0x21
const FRAME = 0x2c

const tableBytes = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)

/** Counts to two, which is all that matters. */
export function countGifFrames(bytes: Uint8Array): number {
  let at = 13 + tableBytes(bytes[10] ?? 0)
  let frames = 0
  const skipBlocks = () => {
    while (at < bytes.length && bytes[at] !== 0) at += (bytes[at] as number) + 1
    at += 1
  }
  while (at < bytes.length && frames < 2) {
    const kind = bytes[at]
    if (kind === EXTENSION) {
      at += 2
    } else if (kind === FRAME) {
      frames += 1
      at += 11 + tableBytes(bytes[at + 9] ?? 0)
    } else break
    skipBlocks()
  }
  return frames
}
