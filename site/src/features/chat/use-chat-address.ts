import { useCallback, useEffect, useState } from 'preact/hooks'
import { useLocale } from '../../ui/locale-context.tsx'
import { chatPath, conversationInPath } from './chat-address.ts'

export interface ChatAddress {
  id: string | null
  open: (id: string | null, how?: 'push' | 'replace') => void
}

/**
 * Which conversation is open is in the address, so that it can be reloaded, sent to another device and gone back from.
 * It is read after the first drawing, which is that of a new conversation.
 */
export function useChatAddress(): ChatAddress {
  const locale = useLocale()
  const [id, setId] = useState<string | null>(null)
  useEffect(() => {
    delete document.documentElement.dataset.conversation
    const read = () => setId(conversationInPath(window.location.pathname))
    read()
    window.addEventListener('popstate', read)
    return () => window.removeEventListener('popstate', read)
  }, [])
  const open = useCallback(
    (next: string | null, how: 'push' | 'replace' = 'push') => {
      const path = chatPath(locale, next)
      if (how === 'replace') window.history.replaceState(null, '', path)
      else if (window.location.pathname !== path) window.history.pushState(null, '', path)
      setId(next)
    },
    [locale],
  )
  return { id, open }
}
