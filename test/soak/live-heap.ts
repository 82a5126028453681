// What the runtime's isolates still hold once their garbage is gone, asked of its inspector.
interface Answer {
  id?: number
  result?: { usedSize?: number; backingStorageSize?: number }
}

const PATIENCE_MS = 5_000

async function withInspector<T>(
  url: string,
  work: (call: (method: string) => Promise<Answer>) => Promise<T>,
): Promise<T> {
  const socket = new WebSocket(url)
  await new Promise<void>((done, fail) => {
    socket.addEventListener('open', () => done())
    socket.addEventListener('error', () => fail(new Error('the inspector does not answer')))
  })
  const waiting = new Map<number, (answer: Answer) => void>()
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data)) as Answer
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer)
  })
  let last = 0
  const call = (method: string): Promise<Answer> =>
    new Promise((done) => {
      last += 1
      waiting.set(last, done)
      // An isolate that has not begun yet says nothing, and holds nothing.
      setTimeout(() => done({}), PATIENCE_MS).unref()
      socket.send(JSON.stringify({ id: last, method }))
    })
  try {
    return await work(call)
  } finally {
    socket.close()
  }
}

/** Bytes that are alive in all isolates, after each has collected its garbage. */
export async function collectGarbage(port: number): Promise<number> {
  const list = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as { webSocketDebuggerUrl: string }[]
  let bytes = 0
  for (const { webSocketDebuggerUrl } of list) {
    bytes += await withInspector(webSocketDebuggerUrl, async (call) => {
      await call('HeapProfiler.enable')
      await call('HeapProfiler.collectGarbage')
      const { result } = await call('Runtime.getHeapUsage')
      return (result?.usedSize ?? 0) + (result?.backingStorageSize ?? 0)
    })
  }
  return bytes
}
