import { useCallback, useEffect, useState } from 'preact/hooks'
import { useLocale } from '../../ui/locale-context.tsx'
import { chatPath, conversationInPath } from './chat-address.ts'

export interface ChatAddress {
  /** False until the address bar was looked at: the page is first drawn without one. */
  read: boolean
  id: string | null
  open: (id: string | null, how?: 'push' | 'replace') => void
}

/** Which conversation is open is in the address, so that it can be reloaded, sent to another device and gone back from. */
export function useChatAddress(): ChatAddress {
  const locale = useLocale()
  const [address, setAddress] = useState<{ read: boolean; id: string | null }>({ read: false, id: null })
  useEffect(() => {
    const read = () => setAddress({ read: true, id: conversationInPath(window.location.pathname) })
    read()
    window.addEventListener('popstate', read)
    return () => window.removeEventListener('popstate', read)
  }, [])
  const open = useCallback(
    (id: string | null, how: 'push' | 'replace' = 'push') => {
      const path = chatPath(locale, id)
      if (how === 'replace') window.history.replaceState(null, '', path)
      else if (window.location.pathname !== path) window.history.pushState(null, '', path)
      setAddress({ read: true, id })
    },
    [locale],
  )
  return { ...address, open }
}
