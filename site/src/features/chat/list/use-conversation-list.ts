import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { Conversation } from '#shared/contracts/conversation'
import { isAbort, toApiProblem } from '../../../api/api-problem.ts'
import type { ApiProblem } from '../../../api/api-problem.ts'
import { chatApi } from '../chat-api.ts'
import {
  emptyList,
  hideConversation,
  unhideConversation,
  withConversation,
  withFirstPage,
  withNextPage,
  withoutConversation,
  withRefreshedPage,
} from './list-state.ts'
import type { ListState } from './list-state.ts'

const SEARCH_PAUSE_MS = 250
const RUNNING_ELSEWHERE_MS = 5_000

export interface ConversationList {
  state: ListState
  loading: boolean
  loadingMore: boolean
  problem: ApiProblem | null
  search: string
  setSearch: (search: string) => void
  loadMore: () => void
  retry: () => void
  /** What the open conversation tells of itself. */
  note: (conversation: Conversation) => void
  rename: (id: string, title: string) => Promise<void>
  hide: (id: string) => void
  unhide: (id: string) => void
  remove: (id: string, options?: { keepalive?: boolean }) => Promise<void>
}

/** Tabs of one browser tell each other that something about the list has changed. */
const CHANNEL = 'riwaq:conversations'

export function useConversationList(): ConversationList {
  const [state, setState] = useState<ListState>(emptyList)
  const [loading, setLoading] = useState(true)
  const [loadingMore, setLoadingMore] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [search, setSearch] = useState('')
  const asked = useRef<AbortController | null>(null)
  const channel = useRef<BroadcastChannel | null>(null)
  const shownSearch = useRef('')
  const listed = useRef(state)
  listed.current = state

  const load = useCallback(async (text: string, again: boolean) => {
    asked.current?.abort()
    const controller = new AbortController()
    asked.current = controller
    if (!again) setLoading(true)
    try {
      const page = await chatApi.list({ search: text, signal: controller.signal })
      shownSearch.current = text
      setState((now) => (again ? withRefreshedPage(now, page) : withFirstPage(now, page)))
      setProblem(null)
    } catch (error) {
      if (isAbort(error)) return
      // What is listed stays, and the next refresh may work.
      if (!again) setProblem(toApiProblem(error))
    }
    if (asked.current === controller) setLoading(false)
  }, [])

  const refresh = useCallback(() => {
    if (document.visibilityState === 'visible') void load(shownSearch.current, true)
  }, [])

  const first = useRef(true)
  useEffect(() => {
    const timer = setTimeout(() => void load(search.trim(), false), first.current ? 0 : SEARCH_PAUSE_MS)
    first.current = false
    return () => clearTimeout(timer)
  }, [search])

  useEffect(() => {
    channel.current = new BroadcastChannel(CHANNEL)
    channel.current.onmessage = refresh
    document.addEventListener('visibilitychange', refresh)
    const timer = setInterval(() => listed.current.rows.some((row) => row.running) && refresh(), RUNNING_ELSEWHERE_MS)
    return () => {
      channel.current?.close()
      document.removeEventListener('visibilitychange', refresh)
      clearInterval(timer)
      asked.current?.abort()
    }
  }, [])

  const tellOthers = () => channel.current?.postMessage('changed')

  const note = useCallback((conversation: Conversation) => {
    const known = listed.current.rows.find((row) => row.id === conversation.id)
    if (
      known &&
      known.updated_at >= conversation.updated_at &&
      known.running === conversation.running &&
      known.title === conversation.title
    )
      return
    if (!known && shownSearch.current !== '') return
    setState((now) => withConversation(now, conversation))
    if (!known) tellOthers()
  }, [])

  const loadMore = async () => {
    if (loadingMore || state.cursor === null) return
    setLoadingMore(true)
    try {
      const page = await chatApi.list({ cursor: state.cursor, search: shownSearch.current })
      setState((now) => withNextPage(now, page))
    } catch (error) {
      setProblem(toApiProblem(error))
    }
    setLoadingMore(false)
  }

  const rename = async (id: string, title: string) => {
    const conversation = await chatApi.update(id, { title })
    setState((now) => withConversation(now, conversation))
    tellOthers()
  }
  const remove = async (id: string, options?: { keepalive?: boolean }) => {
    await chatApi.remove(id, options)
    setState((now) => withoutConversation(now, id))
    tellOthers()
  }
  return {
    state,
    loading,
    loadingMore,
    problem,
    search,
    setSearch,
    loadMore: () => void loadMore(),
    retry: () => void load(search.trim(), false),
    note,
    rename,
    hide: useCallback((id: string) => setState((now) => hideConversation(now, id)), []),
    unhide: useCallback((id: string) => setState((now) => unhideConversation(now, id)), []),
    remove,
  }
}
