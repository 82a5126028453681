/** Where nothing else is said, a notice is sent at four fifths of a budget. */
export const DEFAULT_ALERT_PERCENTS: readonly number[] = [80]
