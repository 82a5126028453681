import { useEffect, useState } from 'preact/hooks'

const SLOW_MS = 6_000

/** Whether something has been running for longer than people expect. */
export function useSlow(running: boolean): boolean {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    setSlow(false)
    if (!running) return
    const timer = setTimeout(() => setSlow(true), SLOW_MS)
    return () => clearTimeout(timer)
  }, [running])
  return slow
}
