import { useEffect, useState } from 'preact/hooks'

interface Place {
  search: string
  origin: string
  referrer: string
}

const nextIn = (search: string): string | null => new URLSearchParams(search).get('next')

/**
 * Where one was going. Somebody who followed a link between sign-in and sign-up before the page was alive left
 * it behind; the page they came from still says it.
 */
export function findNext({ search, origin, referrer }: Place): string | null {
  const own = nextIn(search)
  if (own !== null || !URL.canParse(referrer)) return own
  const from = new URL(referrer)
  return from.origin === origin && /\/sign-(?:in|up)\/?$/.test(from.pathname) ? nextIn(from.search) : null
}

export const nextFromAddress = (): string | null =>
  findNext({ search: window.location.search, origin: window.location.origin, referrer: document.referrer })

/** `?next=…` for links between the pages of signing in, so that where one was going is not forgotten. */
export function useNextSuffix(): string {
  const [suffix, setSuffix] = useState('')
  useEffect(() => {
    const next = nextFromAddress()
    if (next) setSuffix(`?next=${encodeURIComponent(next)}`)
  }, [])
  return suffix
}
