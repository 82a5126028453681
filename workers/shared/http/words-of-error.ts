/** What a log may say of an error. A failed query's own words hold every value that it was given: its cause's do not. */
export function wordsOfError(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  if (error.message.startsWith('Failed query'))
    return `Failed query: ${cause ? wordsOfError(cause) : 'no cause is known'}`
  return `${error.name}: ${error.message}`
}
