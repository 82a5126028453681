import { localized } from '../../i18n/paths.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { isNarrowed } from './item-filters.ts'
import type { Filters } from './item-filters.ts'
import { UploadButton } from './uploads.tsx'

interface NothingHereProps {
  filters: Filters
  onClear: () => void
  onFiles: (files: File[]) => void
}

/** Why a view is empty, and what would fill it. */
export function NothingHere({ filters, onClear, onFiles }: NothingHereProps) {
  const t = useTranslate()
  const locale = useLocale()
  if (isNarrowed(filters)) {
    return (
      <EmptyState
        icon="search"
        title={t('library.none-title')}
        text={t('library.none-text')}
        action={
          <Button icon="close" onClick={onClear}>
            {t('library.clear')}
          </Button>
        }
      />
    )
  }
  if (filters.view === 'favourites')
    return <EmptyState icon="heart" title={t('library.no-favourites-title')} text={t('library.no-favourites-text')} />
  if (filters.view === 'shared')
    return <EmptyState icon="share" title={t('library.no-shared-title')} text={t('library.no-shared-text')} />
  if (filters.view === 'deleted')
    return <EmptyState icon="trash" title={t('library.no-deleted-title')} text={t('library.no-deleted-text')} />
  if (filters.collection !== '')
    return (
      <EmptyState
        icon="collection"
        title={t('library.empty-collection-title')}
        text={t('library.empty-collection-text')}
        action={<UploadButton onFiles={onFiles} />}
      />
    )
  return (
    <EmptyState
      icon="library"
      title={t('library.empty-title')}
      text={t('library.empty-text')}
      action={
        <span class="cluster library-empty-actions">
          <UploadButton onFiles={onFiles} />
          <LinkButton href={localized(locale, '/images')} icon="images">
            {t('library.make-one')}
          </LinkButton>
        </span>
      }
    />
  )
}
