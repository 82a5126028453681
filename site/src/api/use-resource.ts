import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { isAbort, toApiProblem } from './api-problem.ts'
import { emptyResource, resourceAfter } from './resource-state.ts'
import type { ResourceState } from './resource-state.ts'

export interface Resource<T> extends ResourceState<T> {
  reload: () => void
  /** Shows what an own change made of it, without asking again. */
  replace: (change: (data: T) => T) => void
}

/**
 * Loads something and keeps it. Another `key` loads anew and gives up what was on its way; null waits.
 * The answer to an older question is never shown.
 */
export function useResource<T>(key: string | null, load: (signal: AbortSignal) => Promise<T>): Resource<T> {
  const [state, setState] = useState<ResourceState<T>>(emptyResource)
  const [round, setRound] = useState(0)
  const shownKey = useRef<string | null>(null)
  const latestLoad = useRef(load)
  latestLoad.current = load

  useEffect(() => {
    if (key === null) return
    const keep = shownKey.current === key
    shownKey.current = key
    const controller = new AbortController()
    setState((now) => resourceAfter(now, { type: 'asked', keep }))
    latestLoad.current(controller.signal).then(
      (data) => {
        if (!controller.signal.aborted) setState((now) => resourceAfter(now, { type: 'answered', data }))
      },
      (error: unknown) => {
        if (controller.signal.aborted || isAbort(error)) return
        setState((now) => resourceAfter(now, { type: 'failed', problem: toApiProblem(error) }))
      },
    )
    return () => controller.abort()
  }, [key, round])

  const reload = useCallback(() => setRound((count) => count + 1), [])
  const replace = useCallback(
    (change: (data: T) => T) => setState((now) => (now.data === null ? now : { ...now, data: change(now.data) })),
    [],
  )
  return { ...state, reload, replace }
}
