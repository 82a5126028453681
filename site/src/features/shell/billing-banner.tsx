import { useEffect, useState } from 'preact/hooks'
import { billingStatus } from '../../api/billing-status.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { localized } from '../../i18n/paths.ts'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'
import { billingNotice } from './billing-notice.ts'

/** Between the bar and the page, where something about the plan has to be known. */
export function BillingBanner() {
  const t = useTranslate()
  const locale = useLocale()
  const [now, setNow] = useState(0)
  useEffect(() => setNow(Date.now()), [])
  const notice = billingStatus.value && billingNotice(billingStatus.value, now)
  if (!notice) return null
  return (
    <div class="app-banner">
      <Note tone={notice.tone} role="status">
        {t(notice.text, notice.when ? { when: formatTime(locale, notice.when, 'date') } : {})}{' '}
        {notice.action ? <a href={localized(locale, '/billing')}>{t(notice.action)}</a> : t('shell.ask-owner')}
      </Note>
    </div>
  )
}
