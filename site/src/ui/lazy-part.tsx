import type { ComponentType, JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** After a release the parts of the page that is open may be gone from the server; the new page has its own. */
function startAnew() {
  if (navigator.onLine) window.location.reload()
}

/** A part of the page that is fetched when it is first wanted, and then stays. */
export function lazyPart<P extends { open: boolean }>(
  load: () => Promise<{ default: ComponentType<P> }>,
): (props: P) => JSX.Element | null {
  let loaded: ComponentType<P> | null = null
  return function LazyPart(props: P) {
    const [, setLoaded] = useState(loaded !== null)
    useEffect(() => {
      if (!props.open || loaded) return
      let wanted = true
      load().then((module) => {
        loaded = module.default
        if (wanted) setLoaded(true)
      }, startAnew)
      return () => {
        wanted = false
      }
    }, [props.open])
    const Part = loaded
    return Part ? <Part {...props} /> : null
  }
}
