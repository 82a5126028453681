import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Button } from '../../../ui/button.tsx'
import { useTranslate } from '../../../ui/locale-context.tsx'
import { Spinner } from '../../../ui/spinner.tsx'
import type { SessionView } from '../state/conversation-session.ts'
import { shownThread } from '../state/shown-thread.ts'
import { Message } from './message.tsx'
import type { ThreadScroll } from './use-thread-scroll.ts'

export interface ThreadProps {
  view: SessionView
  scroll: ThreadScroll
  onOlder: () => void
  /** What is on its way. */
  children?: ComponentChildren
}

export function Thread({ view, scroll, onOlder, children }: ThreadProps) {
  const t = useTranslate()
  const { messages } = shownThread(view.state)
  const complete = view.state.olderCursor === null
  const spoken = messages.filter((message) => message.role !== 'summary')
  const numbers = new Map(spoken.map((message, index) => [message.id, index + 1]))
  return (
    <div ref={scroll.box} class="chat-scroll" tabIndex={0} role="log" aria-live="off" aria-label={t('chat.thread')}>
      <div ref={scroll.content} class="chat-column">
        {!complete && <Older loading={view.loadingOlder} failed={view.actionProblem !== null} onOlder={onOlder} />}
        {messages.map((message) => (
          <Message
            key={message.id}
            message={message}
            number={complete ? (numbers.get(message.id) ?? null) : null}
            total={complete ? spoken.length : 0}
            last={message.id === spoken.at(-1)?.id}
          />
        ))}
        {children}
      </div>
    </div>
  )
}

/** Earlier messages come as the reader nears the top; by a button for those who do not scroll. */
function Older({ loading, failed, onOlder }: { loading: boolean; failed: boolean; onOlder: () => void }) {
  const t = useTranslate()
  const mark = useRef<HTMLDivElement>(null)
  const ask = useRef(onOlder)
  ask.current = onOlder
  useEffect(() => {
    if (!mark.current || loading || failed) return
    const root = mark.current.closest('.chat-scroll')
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && ask.current(), {
      root,
      rootMargin: '600px 0px 0px 0px',
    })
    observer.observe(mark.current)
    return () => observer.disconnect()
  }, [loading, failed])
  return (
    <div ref={mark} class="chat-older">
      {loading ? (
        <Spinner />
      ) : (
        <Button size="sm" variant="ghost" onClick={onOlder}>
          {t('chat.load-older')}
        </Button>
      )}
    </div>
  )
}
