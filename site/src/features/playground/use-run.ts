import { useEffect, useRef, useState } from 'preact/hooks'
import { announceSpent } from '../../api/balance.ts'
import { findCost } from './call-cost.ts'
import { runCall } from './run-call.ts'
import type { Run } from './run-call.ts'
import type { Call } from './to-call.ts'

const COST_HEADER = 'x-riwaq-cost-micros'

export interface Running {
  run: Run | null
  /** Null while nobody knows, which for a stream is so until a moment after its end. */
  costMicros: number | null
  isRunning: boolean
  start: (call: Call) => Promise<void>
  stop: () => void
}

export function useRun(): Running {
  const [run, setRun] = useState<Run | null>(null)
  const [costMicros, setCost] = useState<number | null>(null)
  const current = useRef<AbortController | null>(null)
  useEffect(() => () => current.current?.abort(), [])

  const start = async (call: Call) => {
    current.current?.abort()
    const controller = new AbortController()
    current.current = controller
    setCost(null)
    const isCurrent = () => current.current === controller
    const { headers, phase } = await runCall({
      call,
      send: (path, init) => fetch(path, init),
      now: () => performance.now(),
      signal: controller.signal,
      onChange: (next) => {
        if (isCurrent()) setRun(next)
      },
    })
    announceSpent()
    const told = headers[COST_HEADER]
    if (told !== undefined) return void (isCurrent() && setCost(Number(told)))
    const requestId = headers['x-request-id']
    if (!requestId || (phase === 'failed' && headers['x-riwaq-model'] === undefined)) return
    // Whoever stopped a call still wants to know what came of it; whoever starts another does not.
    const cost = await findCost({
      requestId,
      signal: phase === 'stopped' ? new AbortController().signal : controller.signal,
    })
    if (isCurrent()) setCost(cost)
  }

  return {
    run,
    costMicros,
    isRunning: run?.phase === 'sending' || run?.phase === 'answering',
    start,
    stop: () => current.current?.abort(),
  }
}
