// Which requests are kept is decided by their id alone: the same one is, wherever and however often it is asked.

/** https://en.wikipedia.org/wiki/Fowler–Noll–Vo_hash_function, with a last stir: ids that follow each other differ late. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}

export const isSampled = (requestId: string, percent: number): boolean =>
  percent >= 100 || (percent > 0 && (hash(requestId) / 2 ** 32) * 100 < percent)
