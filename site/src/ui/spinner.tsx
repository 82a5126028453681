import { useTranslate } from './locale-context.tsx'

export function Spinner() {
  const t = useTranslate()
  return (
    <span class="spinner" role="status">
      <span class="visually-hidden">{t('ui.loading')}</span>
    </span>
  )
}
