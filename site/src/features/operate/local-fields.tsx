import { Field } from '../../ui/field.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import type { TypedText } from './plan-form.ts'

interface LocalFieldsProps {
  /** What it is, without the language. */
  label: string
  path: string
  value: TypedText
  onChange: (value: TypedText) => void
  errorOf: (path: string) => string | null
  long?: boolean
}

/** Both languages side by side, so that neither is forgotten. */
export function LocalFields({ label, path, value, onChange, errorOf, long }: LocalFieldsProps) {
  const t = useTranslate()
  return (
    <div class="operate-pair">
      {(['en', 'ar'] as const).map((language) => {
        const shared = {
          label: t(`operate.in-${language}`, { what: label }),
          value: value[language],
          onInput: (text: string) => onChange({ ...value, [language]: text }),
          error: errorOf(`${path}.${language}`),
          lang: language,
        }
        return long ? (
          <TextArea key={language} {...shared} rows={2} />
        ) : (
          <Field key={language} {...shared} autocomplete="off" />
        )
      })}
    </div>
  )
}
