// Chance that can be had again: the same seed gives the same numbers, on every machine.
export interface Random {
  /** 0 inclusive to 1 exclusive. */
  next(): number
  between(low: number, high: number): number
  /** Both inclusive. */
  whole(low: number, high: number): number
  pick<T>(from: readonly T[]): T
  chance(share: number): boolean
  /** One of its own, so that what is drawn before does not move what is drawn after. */
  branch(name: string): Random
}

/** FNV-1a. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/** Mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    between: (low, high) => low + next() * (high - low),
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (from) => from[Math.floor(next() * from.length)]!,
    chance: (share) => next() < share,
    branch: (name) => createRandom(hashOf(`${seed >>> 0}/${name}`)),
  }
}
