import type { Model } from '../../../api/models.ts'
import { localized } from '../../../i18n/paths.ts'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { onlySandbox } from '../models/model-facts.ts'

const examples = ['chat.example-key', 'chat.example-cost', 'chat.example-sdk', 'chat.example-other'] as const

/** What a new conversation begins with. */
export function EmptyChat({ models, onExample }: { models: readonly Model[]; onExample: (text: string) => void }) {
  const t = useTranslate()
  return (
    <div class="chat-empty">
      <div class="chat-empty-inner">
        <h1>{t('chat.empty-title')}</h1>
        <p class="chat-empty-text">{t('chat.empty-text')}</p>
        <ul class="chat-examples" role="list" aria-label={t('chat.examples')}>
          {examples.map((key) => (
            <li key={key}>
              <button type="button" class="chat-example" dir="auto" onClick={() => onExample(t(key))}>
                <span>{t(key)}</span>
              </button>
            </li>
          ))}
        </ul>
        {onlySandbox(models) && <SandboxNote />}
      </div>
    </div>
  )
}

function SandboxNote() {
  const t = useTranslate()
  const locale = useLocale()
  return (
    <section class="chat-sandbox">
      <h2>
        <Icon name="sandbox" size={18} />
        {t('chat.sandbox-only')}
      </h2>
      <p>{t('chat.sandbox-only-text')}</p>
      <p>{t('chat.sandbox-only-key')}</p>
      <pre tabIndex={0}>
        <code>OPENAI_API_KEY=sk-…</code>
      </pre>
      <p>{t('chat.sandbox-only-local')}</p>
      <pre tabIndex={0}>
        <code>COMPATIBLE_BASE_URL=http://localhost:11434/v1</code>
      </pre>
      <a href={localized(locale, '/docs/models')}>{t('chat.sandbox-only-docs')}</a>
    </section>
  )
}
