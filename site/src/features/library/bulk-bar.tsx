import type { BulkAction } from '#shared/contracts/library'
import { Button } from '../../ui/button.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'

interface BulkBarProps {
  count: number
  deleted: boolean
  /** What is chosen are all favourites already, or all shown to the organization: then it is taken back. */
  allFavourite: boolean
  allShown: boolean
  inCollection: boolean
  busy: boolean
  onAct: (action: BulkAction) => void
  onCollect: () => void
  onDownload: () => void
  onErase: () => void
  onSelectAll: () => void
  onClear: () => void
}

/** What can be done with everything that is chosen; it lies over the foot of the page, so that nothing moves. */
export function BulkBar(props: BulkBarProps) {
  const t = useTranslate()
  const { count, deleted, busy, onAct, onSelectAll, onClear } = props
  if (count === 0) return null
  return (
    <div class="library-bulk" role="toolbar" aria-label={t('library.chosen-actions')}>
      <Button size="sm" variant="ghost" iconOnly icon="close" onClick={onClear}>
        {t('library.choose-none')}
      </Button>
      <p class="library-bulk-count" role="status">
        {t('library.chosen', { count })}
      </p>
      <Button size="sm" variant="ghost" onClick={onSelectAll}>
        {t('library.choose-all')}
      </Button>
      <span class="library-bulk-actions">
        {deleted ? (
          <>
            <Button size="sm" icon="restore" busy={busy} onClick={() => onAct('restore')}>
              {t('library.restore')}
            </Button>
            <Button size="sm" variant="danger" icon="trash" busy={busy} onClick={props.onErase}>
              {t('library.erase')}
            </Button>
          </>
        ) : (
          <Living {...props} />
        )}
      </span>
    </div>
  )
}

function Living({ allFavourite, allShown, inCollection, busy, onAct, onCollect, onDownload }: BulkBarProps) {
  const t = useTranslate()
  return (
    <>
      <Button size="sm" icon="heart" busy={busy} onClick={() => onAct(allFavourite ? 'unfavourite' : 'favourite')}>
        {t(allFavourite ? 'library.unfavourite' : 'library.favourite')}
      </Button>
      <Button size="sm" icon="collection" busy={busy} onClick={onCollect}>
        {t('library.collect')}
      </Button>
      {inCollection && (
        <Button size="sm" icon="minus" busy={busy} onClick={() => onAct('uncollect')}>
          {t('library.uncollect')}
        </Button>
      )}
      <Button size="sm" icon="download" busy={busy} onClick={onDownload}>
        {t('library.download')}
      </Button>
      <Button size="sm" icon="organization" busy={busy} onClick={() => onAct(allShown ? 'hide' : 'show')}>
        {t(allShown ? 'library.hide' : 'library.show')}
      </Button>
      <Button size="sm" icon="trash" busy={busy} onClick={() => onAct('delete')}>
        {t('ui.delete')}
      </Button>
    </>
  )
}
