import type { Locale } from '../../i18n/locales.ts'
import { translator } from '../../i18n/translate.ts'
import { Badge } from '../../ui/badge.tsx'
import { curlExample } from './curl-example.ts'
import type { ReferenceOperation } from './reference-document.ts'
import { ReferenceText } from './reference-text.tsx'
import { SchemaTable } from './schema-table.tsx'
import type { Json } from './schema-rows.ts'

const tones = { get: 'success', post: 'primary', patch: 'warning', delete: 'danger' } as const

interface OperationProps {
  locale: Locale
  operation: ReferenceOperation
  components: Json
}

function Parameters({ locale, operation }: Omit<OperationProps, 'components'>) {
  const t = translator(locale)
  if (operation.parameters.length === 0) return null
  return (
    <>
      <h4>{t('reference.parameters')}</h4>
      <ul>
        {operation.parameters.map((parameter) => (
          <li key={parameter.name}>
            <code>{parameter.name}</code>{' '}
            <span class="reference-in" lang="en">
              {parameter.in}
            </span>{' '}
            <ReferenceText locale={locale} text={parameter.description} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Responses({ locale, operation, components }: OperationProps) {
  const t = translator(locale)
  return (
    <>
      <h4>{t('reference.answers')}</h4>
      <ul class="reference-answers">
        {operation.responses.map(({ status, description, schema, isProblem }) => (
          <li key={status}>
            <code>{status}</code>{' '}
            {isProblem ? (
              <bdi lang="en">{description.replaceAll('`', '')}</bdi>
            ) : (
              <ReferenceText locale={locale} text={description} />
            )}
            {schema && !isProblem && (
              <SchemaTable
                locale={locale}
                title={t('reference.answer-fields')}
                schema={schema}
                components={components}
              />
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

/** One route: what it is for, how it is asked, what it answers. The fields of its bodies are described in English, as the wire is. */
export function Operation({ locale, operation, components }: OperationProps) {
  const t = translator(locale)
  const { id, method, path, summary, description, access, body } = operation
  return (
    <section class="reference-operation" aria-labelledby={id}>
      <h3 id={id}>
        <ReferenceText locale={locale} text={summary} />
      </h3>
      <p class="reference-address" dir="ltr">
        <Badge tone={tones[method as keyof typeof tones] ?? 'neutral'}>{method.toUpperCase()}</Badge>{' '}
        <code>{path}</code>
      </p>
      <p class="reference-access">{t(`reference.access-${access}`)}</p>
      {description !== '' && (
        <p>
          <ReferenceText locale={locale} text={description} />
        </p>
      )}
      <Parameters locale={locale} operation={operation} />
      {body && (
        <SchemaTable locale={locale} title={t('reference.body-fields')} schema={body.schema} components={components} />
      )}
      <pre dir="ltr" tabIndex={0} aria-label={t('reference.example')}>
        <code>{curlExample({ method, path, example: body?.example, needsKey: access === 'key' })}</code>
      </pre>
      <Responses locale={locale} operation={operation} components={components} />
    </section>
  )
}
