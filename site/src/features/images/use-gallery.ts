import { useCallback, useEffect, useReducer, useRef, useState } from 'preact/hooks'
import { hasEnded } from './state/has-ended.ts'
import type { Job } from '#shared/contracts/jobs'
import { leaveForSignIn } from '../../api/account.ts'
import { isAbort, toApiProblem } from '../../api/api-problem.ts'
import type { ApiProblem } from '../../api/api-problem.ts'
import { announceSpent } from '../../api/balance.ts'
import { useFeed } from '../feed/use-feed.ts'
import { getItem } from '../library/library-calls.ts'
import { imagesApi } from './images-calls.ts'
import { itemsOfJobs } from './load-items.ts'
import { emptyGallery, galleryAfter } from './state/gallery-state.ts'
import type { GalleryEvent, GalleryState } from './state/gallery-state.ts'

/** How long a running job may say nothing before it is asked. */
const SILENCE_MS = 4_000

export interface Gallery {
  state: GalleryState
  problem: ApiProblem | null
  loading: 'first' | 'more' | null
  tell: (event: GalleryEvent) => void
  reload: () => void
  more: () => void
}

/** `onEnded`: a job that this page saw running has ended. */
export function useGallery(onEnded: (job: Job) => void): Gallery {
  const [state, dispatch] = useReducer(galleryAfter, emptyGallery)
  const [loading, setLoading] = useState<Gallery['loading']>('first')
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const latest = useRef({ state, onEnded })
  latest.current = { state, onEnded }
  const heard = useRef(new Map<string, number>())

  const fetchItems = useCallback((job: Job) => {
    for (const id of job.item_ids.filter((each) => !latest.current.state.items.has(each)))
      void getItem(id).then(
        (item) => dispatch({ type: 'items', items: [item] }),
        () => undefined,
      )
  }, [])
  const tell = useCallback((event: GalleryEvent) => {
    dispatch(event)
    if (event.type !== 'job') return
    heard.current.set(event.job.id, Date.now())
    const before = latest.current.state.jobs.find(({ id }) => id === event.job.id)
    if (!hasEnded(event.job.state)) return
    fetchItems(event.job)
    if (!before || hasEnded(before.state)) return
    announceSpent()
    latest.current.onEnded(event.job)
  }, [])

  const load = useCallback(async (cursor: string | null, signal: AbortSignal) => {
    setLoading(cursor === null ? 'first' : 'more')
    setProblem(null)
    try {
      const none = () => null
      const [page, first] = await Promise.all([
        imagesApi.jobs(cursor, signal),
        cursor === null ? imagesApi.items({}, signal).catch(none) : null,
      ])
      const { items, complete } = await itemsOfJobs({
        jobs: page.data,
        ...(first && { first }),
        ask: (range) => imagesApi.items(range, signal),
      }).catch(() => ({ items: first?.data ?? [], complete: false }))
      dispatch({ type: 'page', jobs: page.data, items, complete, cursor: page.next_cursor })
    } catch (error) {
      if (isAbort(error)) return
      const found = toApiProblem(error)
      if (found.status === 401) leaveForSignIn()
      setProblem(found)
    }
    setLoading(null)
  }, [])
  const [round, setRound] = useState(0)
  useEffect(() => {
    const controller = new AbortController()
    void load(null, controller.signal)
    return () => controller.abort()
  }, [round])
  const reload = useCallback(() => setRound((count) => count + 1), [])
  const more = useCallback(() => {
    const { cursor } = latest.current.state
    if (cursor !== null) void load(cursor, new AbortController().signal)
  }, [])

  useFeed((notice) => {
    switch (notice.type) {
      case 'gap':
        return reload()
      case 'job':
        if (notice.job.service === 'images') tell({ type: 'job', job: notice.job })
        return
      case 'preview':
        return tell({
          type: 'preview',
          jobId: notice.job_id,
          index: notice.index,
          url: `data:${notice.media_type};base64,${notice.base64}`,
        })
      case 'item':
        return tell({ type: 'items', items: [notice.item] })
      case 'item.gone':
        return tell({ type: 'gone', ids: [notice.id] })
      case 'storage':
    }
  })

  // The socket may be slow to open, or refused on the way: then running jobs are asked.
  const running = state.jobs
    .filter((job) => !hasEnded(job.state))
    .map(({ id }) => id)
    .join(' ')
  useEffect(() => {
    if (running === '') return
    const timer = setInterval(() => {
      for (const id of running.split(' ')) {
        if (document.hidden || Date.now() - (heard.current.get(id) ?? 0) < SILENCE_MS) continue
        imagesApi.job(id).then(
          (job) => tell({ type: 'job', job }),
          () => undefined,
        )
      }
    }, SILENCE_MS / 2)
    return () => clearInterval(timer)
  }, [running])

  return { state, problem, loading, tell, reload, more }
}
