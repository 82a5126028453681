// What an attempt means for its delivery and its webhook. Pure.
import type { AttemptError } from '#shared/contracts/webhooks'

export interface Judged {
  outcome: { status: number | null; error: AttemptError | null }
  /** This one included. */
  attemptsInRound: number
  failingSince: number | null
  pausesSeconds: readonly number[]
  now: number
  /** From 0 to 1: servers that failed together are not asked again together. */
  random: number
}

export interface Verdict {
  status: 'delivered' | 'failed' | 'pending'
  /** Null unless it is pending. */
  nextAttemptAt: number | null
  failingSince: number | null
  /** Why the webhook is to be switched off. */
  disable: 'gone' | 'failing' | null
}

/** Longer than a weekend. */
export const GIVE_UP_AFTER_MS = 5 * 86_400_000
const JITTER = 0.2

/** Not the other side's fault, so it does not count towards switching it off. */
const isOurs = (error: AttemptError) => error === 'secret_unreadable'

export function judgeAttempt(judged: Judged): Verdict {
  const { outcome, attemptsInRound, pausesSeconds, now, random } = judged
  if (outcome.error === null) return { status: 'delivered', nextAttemptAt: null, failingSince: null, disable: null }
  const failingSince = isOurs(outcome.error) ? judged.failingSince : (judged.failingSince ?? now)
  const ending = { status: 'failed', nextAttemptAt: null, failingSince } as const
  if (outcome.status === 410) return { ...ending, disable: 'gone' }
  if (failingSince !== null && !isOurs(outcome.error) && now - failingSince >= GIVE_UP_AFTER_MS)
    return { ...ending, disable: 'failing' }
  const pause = pausesSeconds[attemptsInRound - 1]
  // No pause makes a forbidden address a public one.
  if (pause === undefined || outcome.error === 'address_refused') return { ...ending, disable: null }
  const nextAttemptAt = now + Math.round(pause * 1_000 * (1 + random * JITTER))
  return { status: 'pending', nextAttemptAt, failingSince, disable: null }
}
