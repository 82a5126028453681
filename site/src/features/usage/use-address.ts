import { useCallback, useEffect, useState } from 'preact/hooks'

export interface Address {
  period: string | null
  /** What the days are made of. */
  by: string | null
  requestId: string | null
  /** Whether the address bar has been looked at: the page is first drawn without one. */
  read: boolean
}

export function parseAddress(search: string): Address {
  const query = new URLSearchParams(search)
  return {
    period: query.get('period'),
    by: query.get('by'),
    requestId: query.get('request_id')?.trim() || null,
    read: true,
  }
}

export function toSearch({ period, by, requestId }: Pick<Address, 'period' | 'by' | 'requestId'>): string {
  const query = new URLSearchParams()
  if (period) query.set('period', period)
  if (by) query.set('by', by)
  if (requestId) query.set('request_id', requestId)
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

/** What is shown is in the address, so that it can be sent to someone, reloaded and gone back from. */
export function useAddress(): [Address, (change: Partial<Address>) => void] {
  const [address, setAddress] = useState<Address>({ period: null, by: null, requestId: null, read: false })
  useEffect(() => {
    const read = () => setAddress(parseAddress(window.location.search))
    read()
    window.addEventListener('popstate', read)
    return () => window.removeEventListener('popstate', read)
  }, [])
  const change = useCallback((part: Partial<Address>) => {
    const next = { ...parseAddress(window.location.search), ...part }
    window.history.pushState(null, '', `${window.location.pathname}${toSearch(next)}`)
    setAddress(next)
  }, [])
  return [address, change]
}
