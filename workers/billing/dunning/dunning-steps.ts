// What happens while a payment is overdue: reminders at once and after three and six days, and after the grace the end of
// paid calls. Pure.
const DAY_MS = 86_400_000
const REMINDERS_MS = [0, 3 * DAY_MS, 6 * DAY_MS]

export interface DunningStep {
  kind: 'reminder' | 'overdue'
  /** After the payment first failed. */
  afterMs: number
}

/** The first reminder always comes; the others only while there is time to be reminded of. */
export const dunningSteps = (graceMs: number): DunningStep[] => [
  ...REMINDERS_MS.filter((afterMs) => afterMs === 0 || afterMs < graceMs).map((afterMs): DunningStep => ({
    kind: 'reminder',
    afterMs,
  })),
  { kind: 'overdue', afterMs: graceMs },
]

export interface DueStep extends DunningStep {
  /** 1 for the first: how many are done when it is. */
  number: number
}

/** What is due and not done. Of several reminders that came due at once, the last is enough. */
export function dueSteps({
  pastDueSince,
  graceMs,
  done,
  now,
}: {
  pastDueSince: number
  graceMs: number
  done: number
  now: number
}): DueStep[] {
  const due = dunningSteps(graceMs)
    .map((step, index) => ({ ...step, number: index + 1 }))
    .filter(({ number, afterMs }) => number > done && pastDueSince + afterMs <= now)
  const lastReminder = due.filter(({ kind }) => kind === 'reminder').at(-1)
  return due.filter((step) => step.kind === 'overdue' || step === lastReminder)
}
