// What is asked and what goes wrong with it, from a seed: the same run can be had again.
export const faults = [
  'fails',
  'limits',
  'slow',
  'cut',
  'no-image',
  'wrong-count',
  'not-base64',
  'no-picture',
  'refuses',
] as const
export type Fault = (typeof faults)[number]

export interface AskedJob {
  index: number
  /** Waits in its own request, or leaves it to the queue. */
  by: 'api' | 'dashboard'
  count: number
  cancels: boolean
  /** Asked a second time with the same Idempotency-Key while the first still runs. */
  doubled: boolean
}

/** A number from 0 to 1 that only its words decide. */
export function chance(...words: (string | number)[]): number {
  let number = 2_166_136_261
  for (const letter of words.join('|')) number = Math.imul(number ^ letter.codePointAt(0)!, 16_777_619) >>> 0
  number = Math.imul(number ^ (number >>> 15), 2_246_822_507) >>> 0
  number = Math.imul(number ^ (number >>> 13), 3_266_489_909) >>> 0
  return ((number ^ (number >>> 16)) >>> 0) / 2 ** 32
}

export const planJobs = ({ seed, jobs }: { seed: number; jobs: number }): AskedJob[] =>
  Array.from({ length: jobs }, (_, index) => ({
    index,
    by: chance(seed, 'by', index) < 0.5 ? 'api' : 'dashboard',
    count: 1 + Math.floor(chance(seed, 'count', index) * 3),
    cancels: chance(seed, 'cancels', index) < 0.08,
    doubled: chance(seed, 'doubled', index) < 0.1,
  }))

/** Null: the pictures that were asked for. Half of all tries go well, so most jobs do by their fourth. */
export function faultOf({ seed, index, attempt }: { seed: number; index: number; attempt: number }): Fault | null {
  const dice = chance(seed, 'fault', index, attempt)
  // What the provider refuses once it refuses always.
  if (chance(seed, 'refused', index) < 0.03) return 'refuses'
  return dice < 0.5 ? null : faults[Math.floor((dice - 0.5) * 2 * (faults.length - 1))]!
}
