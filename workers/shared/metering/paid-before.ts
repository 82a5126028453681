// A caller who left before anything of an answer came has paid for its prompt. Who asks again with the same
// Idempotency-Key is not charged for it a second time: what was paid is taken off what is counted.
import type { Unit, Usage } from '../lib/money.ts'

/** Where the dearer kinds of a prompt are left for last, nobody gains by leaving. */
const pools: readonly (readonly Unit[])[] = [
  ['input_tokens', 'cached_input_tokens', 'cache_write_tokens', 'cache_write_1h_tokens', 'audio_input_tokens'],
  ['output_tokens', 'reasoning_tokens'],
]

const countOf = (usage: Usage, pool: readonly Unit[]): number => pool.reduce((sum, unit) => sum + (usage[unit] ?? 0), 0)

export function withoutPaid(usage: Usage, paid: Usage): Usage {
  const rest: Usage = { ...usage }
  for (const pool of pools) {
    let left = countOf(paid, pool)
    for (const unit of pool) {
      const count = rest[unit]
      if (count === undefined || left === 0) continue
      const taken = Math.min(count, left)
      rest[unit] = count - taken
      left -= taken
    }
  }
  return rest
}

export function sumOf(one: Usage, other: Usage): Usage {
  const sum: Usage = { ...one }
  for (const unit of pools.flat()) if (other[unit]) sum[unit] = (sum[unit] ?? 0) + other[unit]
  return sum
}
