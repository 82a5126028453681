import type { RequestLogDetail } from '#shared/contracts/requests'
import { CopyButton } from '../../ui/copy-button.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'
import { readable } from './request-words.ts'

/** What was sent and what came back, where the policy had it kept. */
export function KeptTexts({ request: { kept, content } }: { request: RequestLogDetail }) {
  const t = useTranslate()
  if (!kept) return <Note>{t('requests.no-content')}</Note>
  return (
    <>
      {content === 'redacted' && <Note>{t('requests.redacted')}</Note>}
      {kept.truncated && <Note tone="warning">{t('requests.truncated')}</Note>}
      <KeptText name={t('requests.request')} kept={kept.request} />
      {kept.answer !== null && <KeptText name={t('requests.answer')} kept={kept.answer} />}
    </>
  )
}

function KeptText({ name, kept }: { name: string; kept: unknown }) {
  const text = readable(kept)
  return (
    <section class="requests-text">
      <header>
        <h3>{name}</h3>
        <CopyButton text={text} />
      </header>
      <pre tabIndex={0} aria-label={name} dir="ltr">
        <code>{text}</code>
      </pre>
    </section>
  )
}
