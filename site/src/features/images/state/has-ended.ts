// The contract has the same, along with a library for checking shapes that a page does not need to carry.
import type { JobState } from '#shared/contracts/jobs'

const ended: Record<JobState, boolean> = {
  queued: false,
  running: false,
  succeeded: true,
  failed: true,
  cancelled: true,
  expired: true,
}

export const hasEnded = (state: JobState): boolean => ended[state]
