import type { ImageModelInfo } from '#shared/contracts/images'
import { Icon } from '../../ui/icon.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'

/** Which model will be asked, always beside the field. */
export function ModelButton({
  model,
  loaded,
  onPress,
}: {
  model: ImageModelInfo | null
  loaded: boolean
  onPress: () => void
}) {
  const t = useTranslate()
  const name = model?.name ?? (loaded ? t('images.model-none') : t('images.model'))
  return (
    <button
      type="button"
      class="images-model-button"
      aria-haspopup="dialog"
      aria-label={t('images.model-button', { model: name })}
      disabled={!model}
      onClick={onPress}
    >
      {model?.sandbox && <Icon name="sandbox" size={16} />}
      <bdi>{name}</bdi>
      <Icon name="chevron-down" size={16} />
    </button>
  )
}
