import type { Locale } from '../../i18n/locales.ts'
import { translator } from '../../i18n/translate.ts'
import { schemaRows, type Json } from './schema-rows.ts'

export interface SchemaTableProps {
  locale: Locale
  title: string
  schema: Json
  components: Json
}

/** Closed until it is wanted: some bodies have a hundred fields. */
export function SchemaTable({ locale, title, schema, components }: SchemaTableProps) {
  const t = translator(locale)
  const rows = schemaRows(schema, components)
  if (rows.length === 0) return null
  return (
    <details class="reference-schema">
      <summary>{title}</summary>
      <div class="table-scroll" tabIndex={0} role="region" aria-label={t('docs.table-scroll')}>
        <table class="table" lang="en" dir="ltr">
          <thead>
            <tr>
              <th scope="col">{t('reference.field')}</th>
              <th scope="col">{t('reference.type')}</th>
              <th scope="col">{t('reference.meaning')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={at}>
                <th scope="row" class={`reference-depth-${row.depth}`}>
                  <code>{row.name}</code>
                  {row.required && <abbr title={t('reference.required')}> *</abbr>}
                </th>
                <td>
                  <code>{row.type}</code>
                </td>
                <td>{row.description}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
