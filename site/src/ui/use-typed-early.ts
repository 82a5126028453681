import { useLayoutEffect, useRef, useState } from 'preact/hooks'

interface Typed {
  id: string
  value: string
  onInput: (value: string) => void
}

const inPage = (id: string): string =>
  typeof document === 'undefined' ? '' : ((document.getElementById(id) as HTMLInputElement | null)?.value ?? '')

/** On a slow line people type before the page is alive: what they typed is kept, not wiped when it wakes. */
export function useTypedEarly({ id, value, onInput }: Typed): string {
  const [early] = useState(() => inPage(id))
  const woken = useRef(false)
  useLayoutEffect(() => {
    woken.current = true
    if (early && early !== value) onInput(early)
  }, [])
  return !woken.current && early ? early : value
}
