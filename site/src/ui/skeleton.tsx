import { useTranslate } from './locale-context.tsx'

/** Stands where lines of text will be. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  const t = useTranslate()
  return (
    <div class="skeleton" role="status">
      <span class="visually-hidden">{t('ui.loading')}</span>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} class="skeleton-line" aria-hidden="true" />
      ))}
    </div>
  )
}
