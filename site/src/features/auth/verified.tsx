import { useEffect, useState } from 'preact/hooks'
import { safeNextPath } from '../../api/next-path.ts'
import { localized } from '../../i18n/paths.ts'
import { LinkButton } from '../../ui/button.tsx'
import { island, useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Gate } from './gate.tsx'
import { keptNext } from './kept-next.ts'

/** Where the link of the confirmation mail leads, after the platform has judged it. */
function Verified() {
  const t = useTranslate()
  const locale = useLocale()
  const [failed, setFailed] = useState(false)
  const home = localized(locale, '/chat')
  const [next, setNext] = useState(home)
  useEffect(() => {
    setFailed(new URLSearchParams(window.location.search).has('error'))
    setNext(safeNextPath(keptNext(), home))
  }, [])
  const foot = (
    <LinkButton variant="primary" href={failed ? localized(locale, '/settings') : next}>
      {t(failed ? 'shell.settings' : 'auth.go-on')}
    </LinkButton>
  )
  return failed ? (
    <Gate title={t('auth.not-verified-title')} text={t('auth.not-verified-text')} foot={foot} />
  ) : (
    <Gate title={t('auth.verified-title')} text={t('auth.verified-text')} foot={foot} />
  )
}

export const VerifiedIsland = island(Verified)
