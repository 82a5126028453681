// What a logged request looks like in words and colours.
import type { RequestLogEntry } from '#shared/contracts/requests'
import type { BadgeProps } from '../../ui/badge.tsx'

type Ended = Pick<RequestLogEntry, 'status' | 'ending'>

/** Only what was answered whole is green: a stream that was cut has status 200 as well. */
export function toneOf({ status, ending }: Ended): NonNullable<BadgeProps['tone']> {
  if (status >= 500) return 'danger'
  if (status >= 400) return 'warning'
  return ending === null || ending === 'complete' ? 'success' : 'warning'
}

const sum = (usage: Record<string, number>, wanted: (unit: string) => boolean): number =>
  Object.entries(usage).reduce((total, [unit, count]) => (wanted(unit) ? total + count : total), 0)

const isOutput = (unit: string): boolean => unit === 'output_tokens' || unit === 'reasoning_tokens'

export interface TokenCount {
  input: number
  output: number
}

/** Null where nothing was counted. */
export function tokensOf({ usage }: Pick<RequestLogEntry, 'usage'>): TokenCount | null {
  if (Object.keys(usage).length === 0) return null
  return { output: sum(usage, isOutput), input: sum(usage, (unit) => unit.endsWith('_tokens') && !isOutput(unit)) }
}

/** What was kept, for reading: JSON with its lines, text as it is. */
export const readable = (kept: unknown): string => (typeof kept === 'string' ? kept : JSON.stringify(kept, null, 2))
