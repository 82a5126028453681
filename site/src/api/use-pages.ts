import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { isAbort, toApiProblem } from './api-problem.ts'
import { emptyPages, pagesAfter } from './pages-state.ts'
import type { Page, PagesEvent, PagesState } from './pages-state.ts'

export interface Pages<T> extends PagesState<T> {
  loadMore: () => void
  reload: () => void
  /** Shows what an own change made of it, without asking again. */
  replace: (change: (items: T[]) => T[]) => void
}

interface PagesInput<T> {
  /** Another key is another list; null waits. */
  key: string | null
  load: (place: { cursor: string | null; signal: AbortSignal }) => Promise<Page<T>>
  idOf: (item: T) => string
  /** What is shown stays until the other list has come, as while somebody types what to look for. */
  keepShown?: boolean
}

/** Loads a list page by page. */
export function usePages<T>({ key, load, idOf, keepShown = false }: PagesInput<T>): Pages<T> {
  const [state, setState] = useState<PagesState<T>>(emptyPages)
  const [round, setRound] = useState(0)
  const latest = useRef({ load, idOf, nextCursor: state.nextCursor })
  latest.current = { load, idOf, nextCursor: state.nextCursor }
  const shownKey = useRef<string | null>(null)
  const running = useRef<AbortController | null>(null)

  const ask = useCallback((cursor: string | null, asked: PagesEvent<T>) => {
    running.current?.abort()
    const controller = new AbortController()
    running.current = controller
    const tell = (event: PagesEvent<T>) => setState((now) => pagesAfter(now, event, latest.current.idOf))
    const finish = (event: PagesEvent<T>) => {
      if (controller.signal.aborted) return
      running.current = null
      tell(event)
    }
    tell(asked)
    latest.current.load({ cursor, signal: controller.signal }).then(
      (page) => finish({ type: cursor === null ? 'answered-first' : 'answered-more', page }),
      (error: unknown) => {
        if (!isAbort(error)) finish({ type: 'failed', problem: toApiProblem(error) })
      },
    )
  }, [])

  useEffect(() => {
    if (key === null) return
    ask(null, { type: 'asked-first', keep: keepShown || shownKey.current === key })
    shownKey.current = key
    return () => running.current?.abort()
  }, [key, round, ask])

  const loadMore = useCallback(() => {
    if (running.current === null && latest.current.nextCursor !== null)
      ask(latest.current.nextCursor, { type: 'asked-more' })
  }, [ask])
  const reload = useCallback(() => setRound((count) => count + 1), [])
  const replace = useCallback(
    (change: (items: T[]) => T[]) =>
      setState((now) => (now.items === null ? now : { ...now, items: change(now.items) })),
    [],
  )
  return { ...state, loadMore, reload, replace }
}
