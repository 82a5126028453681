/** One Worker's own while it works; after it, whoever comes next takes over. */
export const LEASE_MS = 45_000

/** How often it says that it still works, and so learns that it must let go. */
export const RENEW_MS = 15_000

/** From the admission to a row that is armed: a Worker that is lost in between leaves a hold that long. */
export const BIRTH_TTL_MS = 60_000

/** The hold outlives the deadline by this, for the charge of what was kept in the last moment. */
export const HOLD_MARGIN_MS = 120_000

/** What was to be looked at so long ago was forgotten by queue and alarm. */
export const OVERDUE_MS = 30_000
