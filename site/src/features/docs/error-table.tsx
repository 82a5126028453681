import { problemCodes } from '#shared/http/problems'
import type { ProblemCode } from '#shared/http/problems'
import type { Locale } from '../../i18n/locales.ts'
import { translator } from '../../i18n/translate.ts'

/** Every code of the one list of errors; a problem's `type` leads to its row. */
export function ErrorTable({ locale }: { locale: Locale }) {
  const t = translator(locale)
  const codes = Object.keys(problemCodes) as ProblemCode[]
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={t('docs.table-scroll')}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{t('docs.errors-code')}</th>
            <th scope="col">{t('docs.errors-status')}</th>
            <th scope="col">{t('docs.errors-retry')}</th>
            <th scope="col">{t('docs.errors-meaning')}</th>
          </tr>
        </thead>
        <tbody>
          {codes.map((code) => (
            <tr key={code} id={code}>
              <th scope="row">
                <code>{code}</code>
              </th>
              <td>{problemCodes[code].status}</td>
              <td>{t(problemCodes[code].retry ? 'docs.yes' : 'docs.no')}</td>
              <td>{t(`problem.${code}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
