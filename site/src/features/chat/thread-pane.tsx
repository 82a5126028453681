import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import type { Model } from '../../api/models.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ConnectionBanner } from './connection-banner.tsx'
import { conversationDirection } from './direction/language-direction.ts'
import { pageDirection } from './direction/page-direction.ts'
import { runningAnswer } from './state/conversation-session.ts'
import type { PendingMessage } from './state/pending-message.ts'
import { shownThread } from './state/shown-thread.ts'
import { CreditCard, isAboutMoney } from './thread/credit-card.tsx'
import { PendingBubble } from './thread/pending-bubble.tsx'
import { ThreadContext } from './thread/thread-context.ts'
import type { ThreadActions } from './thread/thread-context.ts'
import { Thread } from './thread/thread.tsx'
import type { ThreadScroll } from './thread/use-thread-scroll.ts'
import type { OpenConversation } from './use-conversation.ts'

export interface ThreadPaneProps {
  open: OpenConversation | null
  /** The first message of a conversation that is not there yet. */
  beginning: PendingMessage | null
  models: readonly Model[]
  actions: ThreadActions
  scroll: ThreadScroll
  onRetry: (pending: PendingMessage) => void
  onTakeBack: (pending: PendingMessage) => void
  onNew: () => void
  /** What is shown where there is no conversation, or no message in it. */
  empty: ComponentChildren
}

export function ThreadPane({
  open,
  beginning,
  models,
  actions,
  scroll,
  onRetry,
  onTakeBack,
  onNew,
  empty,
}: ThreadPaneProps) {
  const t = useTranslate()
  const locale = useLocale()
  const state = open?.view.state ?? null
  const running = state !== null && runningAnswer(state) !== null
  const fallback = (state && conversationDirection(state.messages)) ?? pageDirection(locale)
  const setting = useMemo(() => ({ actions, models, running, fallback }), [actions, models, running, fallback])

  const pending = open ? shownThread(open.view.state).pending : beginning
  const bubble = pending && (
    <PendingBubble pending={pending} onRetry={() => onRetry(pending)} onTakeBack={() => onTakeBack(pending)} />
  )
  return <ThreadContext.Provider value={setting}>{content()}</ThreadContext.Provider>

  function content() {
    if (!open)
      return beginning ? (
        <div class="chat-scroll">
          <div class="chat-column">{bubble}</div>
        </div>
      ) : (
        empty
      )
    const { view, session } = open
    const back = (
      <Button icon="compose" onClick={onNew}>
        {t('chat.new')}
      </Button>
    )
    if (view.state.deleted) return <EmptyState icon="trash" title={t('chat.deleted-title')} action={back} />
    if (view.problem?.code === 'not_found')
      return <EmptyState icon="search" title={t('chat.gone-title')} text={t('chat.gone-text')} action={back} />
    if (!view.state.loaded)
      return view.problem ? <ErrorState problem={view.problem} onRetry={session.retry} /> : <ThreadSkeleton />
    if (view.state.messages.length === 0 && !pending) return empty
    return (
      <>
        <ConnectionBanner connection={view.connection} />
        <Thread view={view} scroll={scroll} onOlder={() => void session.loadOlder()}>
          {bubble}
          {view.actionProblem && (
            <div class="chat-action-problem">
              {isAboutMoney(view.actionProblem.code) ? (
                <CreditCard
                  code={view.actionProblem.code}
                  facts={view.actionProblem.facts}
                  onChooseModel={actions.chooseModel}
                />
              ) : (
                <ProblemNote problem={view.actionProblem} />
              )}
              <Button size="sm" variant="ghost" iconOnly icon="close" onClick={session.clearActionProblem}>
                {t('ui.dismiss')}
              </Button>
            </div>
          )}
        </Thread>
      </>
    )
  }
}

function ThreadSkeleton() {
  return (
    <div class="chat-scroll">
      <div class="chat-column">
        <Skeleton lines={6} />
      </div>
    </div>
  )
}
