import { useEffect, useState } from 'preact/hooks'
import { localized } from '../../i18n/paths.ts'
import { useLocale } from '../../ui/locale-context.tsx'

/** Where the page is, with its query: known only once the page is alive. */
export function usePath(): string {
  const locale = useLocale()
  const [path, setPath] = useState(localized(locale, '/'))
  useEffect(() => {
    const read = () => setPath(`${window.location.pathname}${window.location.search}`)
    read()
    // A page that changes its own address, such as another conversation, says so by navigating.
    const navigation = (window as { navigation?: EventTarget }).navigation
    navigation?.addEventListener('navigatesuccess', read)
    window.addEventListener('popstate', read)
    return () => {
      navigation?.removeEventListener('navigatesuccess', read)
      window.removeEventListener('popstate', read)
    }
  }, [])
  return path
}
