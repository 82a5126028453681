/** Asks again until the answer satisfies, for what becomes true soon after: never a fixed pause. */
export async function eventually<T>(
  ask: () => Promise<T> | T,
  satisfied: (value: T) => boolean,
  { timeoutMs = 15_000, everyMs = 25 } = {},
): Promise<T> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const value = await ask()
    if (satisfied(value)) return value
    if (Date.now() > deadline) throw new Error(`still not so after ${timeoutMs} ms: ${JSON.stringify(value)}`)
    await new Promise((done) => setTimeout(done, everyMs))
  }
}
