import { Button } from '../../../ui/button.tsx'
import { useTranslate } from '../../../ui/locale-context.tsx'
import { fileAddress } from '../../library/library-calls.ts'

/** What was chosen to be compared, while that is going on. */
export function CompareBar({
  ids,
  onCompare,
  onClear,
}: {
  ids: readonly string[]
  onCompare: () => void
  onClear: () => void
}) {
  const t = useTranslate()
  return (
    <div class="images-compare-bar" role="region" aria-label={t('images.compare')}>
      {ids.map((id) => (
        <img key={id} src={fileAddress(id, { rendition: 'thumbnail' })} alt="" />
      ))}
      <span role="status">{t(ids.length < 2 ? 'images.compare-one' : 'images.compare-two')}</span>
      <Button size="sm" variant="primary" icon="compare" disabled={ids.length < 2} onClick={onCompare}>
        {t('images.compare')}
      </Button>
      <Button size="sm" variant="ghost" onClick={onClear}>
        {t('images.compare-clear')}
      </Button>
    </div>
  )
}
