// Collects what is sent, to keep it. What is too long is let go of at once and never kept in part.
const MAX_BYTES = 8 * 1_048_576

export interface ByteCollector {
  add(bytes: Uint8Array): void
  /** Null where it was too long. */
  whole(): Uint8Array | null
}

export function createByteCollector(maxBytes = MAX_BYTES): ByteCollector {
  let chunks: Uint8Array[] = []
  let size = 0
  let overflown = false
  return {
    add(bytes) {
      if (overflown) return
      if (size + bytes.length > maxBytes) {
        overflown = true
        chunks = []
        return
      }
      chunks.push(bytes)
      size += bytes.length
    },
    whole() {
      if (overflown) return null
      const whole = new Uint8Array(size)
      let at = 0
      for (const chunk of chunks) {
        whole.set(chunk, at)
        at += chunk.length
      }
      return whole
    },
  }
}
