import { Icon } from '../../ui/icon.tsx'
import type { IconName } from '../../ui/icon-paths.ts'
import { useTranslate } from '../../ui/locale-context.tsx'
import { noFilters, searchOf, views } from './item-filters.ts'
import type { Filters, View } from './item-filters.ts'

const icons: Record<View, IconName> = {
  all: 'library',
  favourites: 'heart',
  collections: 'collection',
  shared: 'share',
  deleted: 'trash',
}

/** Links, so that a view can be opened beside this one; a plain press stays on the page. */
export function LibraryViews({ current, onShow }: { current: View; onShow: (filters: Filters) => void }) {
  const t = useTranslate()
  return (
    <nav class="library-views" aria-label={t('library.views')}>
      {views.map((view) => {
        const filters = { ...noFilters, view }
        return (
          <a
            key={view}
            class="library-view"
            href={searchOf(filters) || '?'}
            aria-current={view === current ? 'page' : undefined}
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey) return
              event.preventDefault()
              onShow(filters)
            }}
          >
            <Icon name={icons[view]} size={18} />
            <span>{t(`library.view-${view}`)}</span>
          </a>
        )
      })}
    </nav>
  )
}
