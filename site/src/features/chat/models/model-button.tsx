import { useState } from 'preact/hooks'
import type { Model } from '../../../api/models.ts'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { modelName, priceSentence } from './model-facts.ts'

/** Which model will answer, and what it costs, always beside the field. */
export function ModelButton({
  models,
  current,
  onPress,
}: {
  models: readonly Model[]
  current: string | null
  onPress: () => void
}) {
  const t = useTranslate()
  const locale = useLocale()
  const model = models.find(({ id }) => id === current)
  // Intl's first use takes a slow phone a sixteenth of a second: not before someone wants to know the price.
  const [wanted, setWanted] = useState(false)
  const want = () => setWanted(true)
  const name = current ? modelName(models, current) : t('chat.model-none-at-all')
  return (
    <button
      type="button"
      class="chat-model-button"
      aria-haspopup="dialog"
      aria-label={t('chat.model', { model: name })}
      title={model && wanted ? `${model.id} · ${priceSentence({ locale, t, model })}` : undefined}
      disabled={models.length === 0}
      onPointerEnter={want}
      onFocus={want}
      onClick={onPress}
    >
      {model?.sandbox && <Icon name="sandbox" size={16} />}
      <bdi class="chat-model-button-name">{name}</bdi>
      <Icon name="chevron-down" size={16} />
    </button>
  )
}
