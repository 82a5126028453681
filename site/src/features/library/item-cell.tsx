import type { LibraryItem } from '#shared/contracts/library'
import { classNames } from '../../ui/class-names.ts'
import { Icon } from '../../ui/icon.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { memo } from '../../ui/memo.ts'
import { daysLeft } from './days-left.ts'
import { ItemPicture } from './item-picture.tsx'

export interface ItemCellProps {
  item: LibraryItem
  /** The one of the grid that Tab reaches. */
  current: boolean
  chosen: boolean
  eager: boolean
  /** The same object at every drawing, so that a cell is drawn again only when it changed. */
  actions: CellActions
}

export interface CellActions {
  press: (item: LibraryItem, event: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }) => void
  toggle: (item: LibraryItem, shiftKey: boolean) => void
  favourite: (item: LibraryItem) => void
}

function Cell({ item, current, chosen, eager, actions }: ItemCellProps) {
  const t = useTranslate()
  const tabIndex = current ? 0 : -1
  const title = item.title || t('library.untitled')
  return (
    <li class={classNames('library-cell', chosen && 'is-chosen')} data-item={item.id}>
      <button type="button" class="library-open" tabIndex={tabIndex} onClick={(event) => actions.press(item, event)}>
        <ItemPicture item={item} alt={title} shape="square" eager={eager} />
        <Marks item={item} />
      </button>
      <input
        type="checkbox"
        class="library-check"
        tabIndex={tabIndex}
        aria-label={t('library.select-named', { title })}
        checked={chosen}
        onClick={(event) => {
          // With Shift it may stay as it is. The browser puts it back after this, so what is chosen changes afterwards.
          event.preventDefault()
          const { shiftKey } = event
          setTimeout(() => actions.toggle(item, shiftKey))
        }}
      />
      {item.deleted_at === null && (
        <button
          type="button"
          class={classNames('library-heart', item.favourite && 'is-on')}
          tabIndex={tabIndex}
          aria-pressed={item.favourite}
          aria-label={t('library.favourite-named', { title })}
          onClick={() => actions.favourite(item)}
        >
          <Icon name="heart" size={18} />
        </button>
      )}
    </li>
  )
}

/** What is to be known of it at a glance: who sees it, and how long it can still be had back. */
function Marks({ item }: { item: LibraryItem }) {
  const t = useTranslate()
  const isShown = item.visibility === 'organization' || !item.mine
  return (
    <span class="library-marks">
      {item.deleted_at !== null && item.erased_at !== null && (
        <span class="library-mark">{t('library.days-left', { count: daysLeft(item.erased_at, Date.now()) })}</span>
      )}
      {item.share && (
        <span class="library-mark" title={t('library.is-public')}>
          <Icon name="globe" size={14} />
          <span class="visually-hidden">{t('library.is-public')}</span>
        </span>
      )}
      {isShown && item.deleted_at === null && (
        <span class="library-mark" title={t('library.is-shown')}>
          <Icon name="organization" size={14} />
          <span class="visually-hidden">{t('library.is-shown')}</span>
        </span>
      )}
    </span>
  )
}

/** Hundreds of them stand on a page, and most do not change when one does. */
export const ItemCell = memo(Cell)
