import type { ConversationMessage } from '#shared/contracts/conversation'
import { Button } from '../../../ui/button.tsx'
import { useTranslate } from '../../../ui/locale-context.tsx'
import { versionPlace } from '../state/shown-thread.ts'
import { useThread } from './thread-context.ts'

/** ‹ 2 / 3 ›: the other versions of a message, in the direction of the page. */
export function VersionPager({ message }: { message: ConversationMessage }) {
  const t = useTranslate()
  const { actions, running } = useThread()
  const place = versionPlace(message)
  if (!place) return null
  const { number, count: total, previous, next } = place
  return (
    <span class="chat-versions" role="group" aria-label={t('chat.version-label', { number, total })}>
      <Button
        variant="ghost"
        size="sm"
        iconOnly
        icon="chevron-backward"
        disabled={running || !previous}
        onClick={() => previous && actions.showVersion(previous)}
      >
        {t('chat.version-previous')}
      </Button>
      <span class="numeric" aria-hidden="true">
        {t('chat.version', { number, total })}
      </span>
      <Button
        variant="ghost"
        size="sm"
        iconOnly
        icon="chevron-forward"
        disabled={running || !next}
        onClick={() => next && actions.showVersion(next)}
      >
        {t('chat.version-next')}
      </Button>
    </span>
  )
}
