import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { ConversationMessage } from '#shared/contracts/conversation'
import { useTranslate } from '../../ui/locale-context.tsx'

/** What is said to a screen reader: that an answer begins and how it ends, not each of its words. */
export function useAnnouncer(runningId: string | null): {
  sentence: string
  announceEnd: (answer: ConversationMessage) => void
} {
  const t = useTranslate()
  const [sentence, setSentence] = useState('')
  const announced = useRef<string | null>(null)
  useEffect(() => {
    if (!runningId || announced.current === runningId) return
    announced.current = runningId
    setSentence(t('chat.announce-started'))
  }, [runningId])
  const announceEnd = useCallback(
    (answer: ConversationMessage) => {
      const { status } = answer
      setSentence(
        t(
          status === 'failed' || status === 'interrupted'
            ? 'chat.announce-failed'
            : status === 'stopped'
              ? 'chat.announce-stopped'
              : 'chat.announce-ended',
        ),
      )
    },
    [t],
  )
  return { sentence, announceEnd }
}
