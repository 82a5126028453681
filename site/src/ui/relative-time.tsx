import { useEffect, useState } from 'preact/hooks'
import { formatRelativeTime, formatTime } from '../i18n/format-time.ts'
import { useLocale } from './locale-context.tsx'

/** "3 minutes ago", kept up to date, with the whole date on hover. */
export function RelativeTime({ at }: { at: number }) {
  const locale = useLocale()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000)
    return () => clearInterval(timer)
  }, [])
  return (
    <time dateTime={new Date(at).toISOString()} title={formatTime(locale, at)}>
      {formatRelativeTime(locale, at, now)}
    </time>
  )
}
