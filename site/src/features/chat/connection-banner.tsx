import { useEffect, useState } from 'preact/hooks'
import { Note } from '../../ui/note.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import type { Connection } from './state/conversation-session.ts'

const PATIENCE_MS = 2_000

/** A line that comes back at once is not worth a word. */
export function ConnectionBanner({ connection }: { connection: Connection }) {
  const t = useTranslate()
  const [shown, setShown] = useState(false)
  useEffect(() => {
    if (connection !== 'lost') return setShown(false)
    const timer = setTimeout(() => setShown(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [connection])
  if (!shown) return null
  return (
    <div class="chat-banner">
      <Note tone="warning" role="status">
        {t('chat.connection-lost')}
      </Note>
    </div>
  )
}
