import { useId } from 'preact/hooks'
import type { ImageStyle } from '#shared/contracts/images'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'

/** Styles as colours to see and names to read. */
export function StyleField({
  styles,
  value,
  onChange,
}: {
  styles: readonly ImageStyle[]
  value: string | null
  onChange: (style: string | null) => void
}) {
  const t = useTranslate()
  const locale = useLocale()
  const id = useId()
  const language = locale.startsWith('ar') ? 'ar' : 'en'
  if (styles.length === 0) return null
  return (
    <fieldset class="images-styles">
      <legend class="field-label">{t('images.style')}</legend>
      <div class="images-style-list">
        <StyleOption
          name={id}
          label={t('images.style-none')}
          checked={value === null}
          onChoose={() => onChange(null)}
        />
        {styles.map((style) => (
          <StyleOption
            key={style.id}
            name={id}
            label={style.name[language]}
            description={style.description[language]}
            colours={style.colours}
            checked={style.id === value}
            onChoose={() => onChange(style.id)}
          />
        ))}
      </div>
    </fieldset>
  )
}

interface StyleOptionProps {
  name: string
  label: string
  description?: string
  colours?: readonly string[]
  checked: boolean
  onChoose: () => void
}

function StyleOption({ name, label, description, colours, checked, onChoose }: StyleOptionProps) {
  const [first = 'var(--hover)', second = first, third = second] = colours ?? []
  return (
    <label class="images-style" title={description}>
      <input type="radio" name={name} checked={checked} onChange={onChoose} />
      <span class="images-style-box">
        <span
          class={colours ? 'images-swatch' : 'images-swatch is-none'}
          aria-hidden="true"
          style={
            colours && {
              backgroundImage: `radial-gradient(circle at 78% 24%, ${third} 0 22%, transparent 23%), linear-gradient(160deg, ${first} 0 52%, ${second} 53% 100%)`,
            }
          }
        />
        <span class="images-style-name">{label}</span>
      </span>
    </label>
  )
}
