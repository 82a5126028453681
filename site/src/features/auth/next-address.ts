import { useEffect, useState } from 'preact/hooks'

export const nextFromAddress = (): string | null => new URLSearchParams(window.location.search).get('next')

/** `?next=…` for links between the pages of signing in, so that where one was going is not forgotten. */
export function useNextSuffix(): string {
  const [suffix, setSuffix] = useState('')
  useEffect(() => {
    const next = nextFromAddress()
    if (next) setSuffix(`?next=${encodeURIComponent(next)}`)
  }, [])
  return suffix
}
