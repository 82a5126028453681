import { useRef, useState } from 'preact/hooks'
import { listModels } from '../../api/models.ts'
import { useResource } from '../../api/use-resource.ts'
import { localized } from '../../i18n/paths.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import type { CreatedKey } from '#shared/contracts/keys'
import { snippet, snippetLanguages, snippetNames } from './snippets.ts'
import type { SnippetLanguage } from './snippets.ts'

/** The one time that a key is seen. It is kept nowhere but in this dialog and gone when it closes. */
export function SecretDialog({ created, onClose }: { created: CreatedKey | null; onClose: () => void }) {
  const t = useTranslate()
  return (
    <Dialog open={created !== null} onClose={onClose} title={t('keys.secret-title')} size="lg">
      {created && <Secret created={created} onClose={onClose} />}
    </Dialog>
  )
}

function Secret({ created, onClose }: { created: CreatedKey; onClose: () => void }) {
  const t = useTranslate()
  const field = useRef<HTMLInputElement>(null)
  return (
    <div class="stack">
      <Note tone="warning">{t('keys.secret-text')}</Note>
      <div class="keys-secret">
        <input
          ref={field}
          class="input"
          dir="ltr"
          readOnly
          value={created.key}
          aria-label={t('keys.secret-label')}
          onFocus={() => field.current?.select()}
          spellcheck={false}
        />
        <CopyButton text={created.key} label={t('keys.secret-copy')} variant="primary" size="md" />
      </div>
      {created.scopes.includes('chat') && <TryIt created={created} />}
      <div class="dialog-foot">
        <Button onClick={onClose}>{t('keys.secret-done')}</Button>
      </div>
    </div>
  )
}

function TryIt({ created }: { created: CreatedKey }) {
  const t = useTranslate()
  const locale = useLocale()
  const [language, setLanguage] = useState<SnippetLanguage>('curl')
  const { data } = useResource(created.models ? null : 'models', listModels)
  const model = created.models?.[0] ?? data?.find(({ kind }) => kind === 'language')?.id ?? 'riwaq/sandbox-guide'
  const text = snippet({
    language,
    origin: window.location.origin,
    key: created.key,
    model,
    question: t('keys.snippet-question'),
  })
  return (
    <section class="stack" aria-labelledby="keys-try">
      <h3 id="keys-try">{t('keys.try-it')}</h3>
      <Segmented
        label={t('keys.snippet-language')}
        value={language}
        onChange={setLanguage}
        options={snippetLanguages.map((value) => ({ value, label: snippetNames[value] }))}
      />
      <div class="keys-snippet">
        <pre tabIndex={0} aria-label={snippetNames[language]}>
          <code>{text}</code>
        </pre>
        <CopyButton text={text} label={t('keys.copy-snippet')} variant="secondary" />
      </div>
      <p class="small">
        <a href={localized(locale, '/playground')}>{t('playground.title')}</a>
        {' · '}
        <a href={localized(locale, '/docs/quickstarts')}>{t('playground.quickstarts')}</a>
      </p>
    </section>
  )
}
