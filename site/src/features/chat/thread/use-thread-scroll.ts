import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'

const NEAR_END_PX = 80

export interface ThreadScroll {
  box: RefObject<HTMLDivElement>
  content: RefObject<HTMLDivElement>
  /** The newest message is out of sight. */
  away: boolean
  toEnd: () => void
}

/**
 * Follows what is being written for as long as its reader is at the end, and keeps still otherwise: also when
 * older messages are put above, which not every browser does by itself.
 */
export function useThreadScroll({
  firstId,
  conversationId,
}: {
  firstId: string | null
  conversationId: string | null
}): ThreadScroll {
  const box = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const follow = useRef(true)
  const anchor = useRef<{ id: string; offset: number } | null>(null)
  const [away, setAway] = useState(false)

  const toEnd = () => {
    follow.current = true
    setAway(false)
    const element = box.current
    if (element) element.scrollTop = element.scrollHeight
  }

  useLayoutEffect(() => {
    follow.current = true
    anchor.current = null
    setAway(false)
  }, [conversationId])

  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    const kept = anchor.current && document.getElementById(anchor.current.id)
    if (kept && anchor.current && anchor.current.id !== firstId && !follow.current) {
      element.scrollTop += kept.offsetTop - anchor.current.offset
    }
    const first = firstId ? document.getElementById(firstId) : null
    anchor.current = first && firstId ? { id: firstId, offset: first.offsetTop } : null
  }, [firstId])

  useEffect(() => {
    const [element, inner] = [box.current, content.current]
    if (!element || !inner) return
    const onScroll = () => {
      const distance = element.scrollHeight - element.scrollTop - element.clientHeight
      follow.current = distance < NEAR_END_PX
      setAway(distance > element.clientHeight / 2)
    }
    const keepUp = () => {
      if (follow.current) element.scrollTop = element.scrollHeight
      if (anchor.current)
        anchor.current.offset = document.getElementById(anchor.current.id)?.offsetTop ?? anchor.current.offset
    }
    const observer = new ResizeObserver(keepUp)
    observer.observe(inner)
    observer.observe(element)
    element.addEventListener('scroll', onScroll, { passive: true })
    keepUp()
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', onScroll)
    }
  }, [conversationId, firstId === null])

  return { box, content, away, toEnd }
}
