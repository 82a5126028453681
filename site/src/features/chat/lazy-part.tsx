import type { ComponentType, JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'

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
      void load().then((module) => {
        loaded = module.default
        if (wanted) setLoaded(true)
      })
      return () => {
        wanted = false
      }
    }, [props.open])
    const Part = loaded
    return Part ? <Part {...props} /> : null
  }
}
