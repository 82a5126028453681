import { useState } from 'preact/hooks'
import { localized } from '../../i18n/paths.ts'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { CodeBlock } from './code-block.tsx'
import { languageName, languages, program } from './programs.ts'
import type { Language } from './programs.ts'
import type { Call } from './to-call.ts'

/** The same call for a program, as it stands filled in at this moment. */
export function CodePane({ call }: { call: Call }) {
  const t = useTranslate()
  const locale = useLocale()
  const [language, setLanguage] = useState<Language>('curl')
  return (
    <div class="stack">
      <Segmented
        label={t('playground.language')}
        value={language}
        onChange={setLanguage}
        options={languages.map((value) => ({ value, label: languageName(value, call.api) }))}
      />
      <CodeBlock
        label={languageName(language, call.api)}
        text={program({ language, call, origin: window.location.origin })}
      />
      <p class="muted small">
        {t('playground.needs-key')} <a href={localized(locale, '/keys')}>{t('shell.keys')}</a>
        {' · '}
        <a href={localized(locale, '/docs/quickstarts')}>{t('playground.quickstarts')}</a>
      </p>
    </div>
  )
}
