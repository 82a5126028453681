import { useCallback, useRef, useState } from 'preact/hooks'
import { isAbort, toApiProblem } from './api-problem.ts'
import type { ApiProblem } from './api-problem.ts'

export interface ActionState<A extends unknown[]> {
  /** Resolves to true where it worked. A second call while one runs does nothing. */
  run: (...args: A) => Promise<boolean>
  running: boolean
  problem: ApiProblem | null
  clear: () => void
}

/** Something that a person does, such as saving a form: whether it runs, and why it failed. */
export function useAction<A extends unknown[]>(act: (...args: A) => Promise<unknown>): ActionState<A> {
  const [running, setRunning] = useState(false)
  // Two presses may come before the page is drawn again.
  const busy = useRef(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)

  const run = async (...args: A): Promise<boolean> => {
    if (busy.current) return false
    busy.current = true
    setRunning(true)
    setProblem(null)
    try {
      await act(...args)
      return true
    } catch (error) {
      if (!isAbort(error)) setProblem(toApiProblem(error))
      return false
    } finally {
      busy.current = false
      setRunning(false)
    }
  }
  const clear = useCallback(() => setProblem(null), [])
  return { run, running, problem, clear }
}
