import { useEffect, useRef } from 'preact/hooks'

export interface Shortcuts {
  onSearch: () => void
  onNew: () => void
  /** Null where there is nothing to stop. */
  onStop: (() => void) | null
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:input|textarea|select)$/i.test(target.tagName))

/** The keys of the whole page. What a dialog or a menu does with a key comes first. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return
      const command = event.ctrlKey || event.metaKey
      const key = event.key.toLowerCase()
      const search =
        (command && !event.shiftKey && key === 'k') ||
        (event.key === '/' && !command && !event.altKey && !isTyping(event.target))
      if (search) latest.current.onSearch()
      else if (command && event.shiftKey && key === 'o') latest.current.onNew()
      else if (event.key === 'Escape' && latest.current.onStop && !document.querySelector(':popover-open'))
        latest.current.onStop()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
