// What the operator decided, read into the shapes that the verbs want.
import type { WebhooksEnv } from './env.ts'

export interface WebhookSettings {
  /** The platform runs on somebody's machine: that machine's own addresses may be told as well. */
  local: boolean
  /** Before the second attempt, the third and so on. */
  pausesSeconds: readonly number[]
}

/** A day, in all: a server that is down over night misses nothing. */
const PAUSES = [5, 60, 300, 1_800, 7_200, 21_600, 43_200]
const MOST_PAUSES = 20
const LONGEST_SECONDS = 43_200

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** What cannot be read is the default. */
function pausesOf(setting: string | undefined): readonly number[] {
  const parts = setting?.split(',').map((part) => part.trim()) ?? []
  const pauses = parts.map(Number)
  const readable = pauses.every((pause) => Number.isInteger(pause) && pause >= 0 && pause <= LONGEST_SECONDS)
  return readable && parts.every(Boolean) && pauses.length > 0 && pauses.length <= MOST_PAUSES ? pauses : PAUSES
}

export function webhookSettings({
  PUBLIC_URL,
  WEBHOOK_RETRY_SECONDS,
}: Pick<WebhooksEnv, 'PUBLIC_URL' | 'WEBHOOK_RETRY_SECONDS'>): WebhookSettings {
  const address = PUBLIC_URL?.trim() ?? ''
  return {
    local: address === '' || (URL.canParse(address) && LOOPBACK.has(new URL(address).hostname)),
    pausesSeconds: pausesOf(WEBHOOK_RETRY_SECONDS),
  }
}
