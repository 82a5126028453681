// Bits as they lie in a scan: a byte of ones is followed by a zero, so that it is not taken for a marker.

export interface BitReader {
  /** The next bits without taking them; ones behind the end. */
  look(count: number): number
  take(count: number): number
}

export function createBitReader(data: Uint8Array): BitReader {
  let at = 0
  let hold = 0
  let held = 0
  const fill = (count: number) => {
    while (held < count) {
      const byte = at < data.length ? (data[at] as number) : 0xff
      at += byte === 0xff ? 2 : 1
      hold = ((hold << 8) | byte) & 0xffffff
      held += 8
    }
  }
  const look = (count: number) => {
    fill(count)
    return (hold >>> (held - count)) & ((1 << count) - 1)
  }
  return {
    look,
    take(count) {
      const bits = count === 0 ? 0 : look(count)
      held -= count
      return bits
    },
  }
}

export interface BitWriter {
  put(bits: number, count: number): void
  /** Ends on a whole byte, with this marker behind it. */
  mark(marker: number): void
  bytes(): Uint8Array
}

export function createBitWriter(expected: number): BitWriter {
  let out = new Uint8Array(expected)
  let size = 0
  let hold = 0
  let held = 0
  const push = (byte: number) => {
    if (size + 2 > out.length) {
      const grown = new Uint8Array(out.length + (out.length >> 1) + 1_024)
      grown.set(out)
      out = grown
    }
    out[size++] = byte
  }
  const put = (bits: number, count: number) => {
    hold = ((hold << count) | bits) & 0xffffff
    held += count
    while (held >= 8) {
      const byte = (hold >>> (held - 8)) & 0xff
      push(byte)
      if (byte === 0xff) push(0)
      held -= 8
    }
  }
  return {
    put,
    mark(marker) {
      if (held > 0) put((1 << (8 - held)) - 1, 8 - held)
      push(0xff)
      push(marker)
    },
    bytes: () => out.subarray(0, size),
  }
}
