import { Button } from './button.tsx'
import { useTranslate } from './locale-context.tsx'

export interface LoadMoreProps {
  /** Null on the last page: then there is nothing to press. */
  cursor: string | null
  busy: boolean
  onMore: () => void
}

export function LoadMore({ cursor, busy, onMore }: LoadMoreProps) {
  const t = useTranslate()
  if (cursor === null) return null
  return (
    <div class="load-more">
      <Button busy={busy} onClick={onMore}>
        {t('ui.load-more')}
      </Button>
    </div>
  )
}
