import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { LibraryItem } from '#shared/contracts/library'
import { useTranslate } from '../../ui/locale-context.tsx'
import { columnsOf, stepInGrid } from './grid-keys.ts'
import { ItemCell } from './item-cell.tsx'
import type { CellActions } from './item-cell.tsx'
import { everything, extendedTo, nothing, toggled } from './selection.ts'
import type { Selection } from './selection.ts'

interface ItemGridProps {
  items: LibraryItem[]
  /** Older ones are shown while others are on their way. */
  waiting: boolean
  selection: Selection
  onSelect: (selection: Selection) => void
  onOpen: (item: LibraryItem) => void
  onFavourite: (item: LibraryItem) => void
  onDelete: (ids: string[]) => void
}

/** About as many as are seen at once on a large screen: they are asked for before anything scrolls. */
const FIRST_SEEN = 15

/** Squares of one size, so that nothing moves when a picture comes. One of them is reached by Tab, the others by arrows. */
export function ItemGrid({ items, waiting, selection, onSelect, onOpen, onFavourite, onDelete }: ItemGridProps) {
  const t = useTranslate()
  const list = useRef<HTMLUListElement>(null)
  const [currentId, setCurrentId] = useState<string | null>(null)
  const order = items.map(({ id }) => id)
  const at = Math.max(0, currentId === null ? 0 : order.indexOf(currentId))
  const actions = useActions({ order, selection, onSelect, onOpen, onFavourite, setCurrentId })

  const focus = (index: number) => {
    const id = order[index]
    if (id === undefined) return
    setCurrentId(id)
    list.current?.children[index]?.querySelector<HTMLElement>('.library-open')?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const item = items[at]
    if (!item || event.altKey) return
    if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey)) onSelect(everything(order))
    else if (event.key === 'Escape' && selection.ids.size > 0) onSelect(nothing)
    else if (event.key === ' ' && isPicture(event.target))
      onSelect(event.shiftKey ? extendedTo(selection, item.id, order) : toggled(selection, item.id))
    else if (event.key === 'Delete') onDelete(selection.ids.size > 0 ? [...selection.ids] : [item.id])
    else if (!move(event)) return
    event.preventDefault()
  }
  const move = (event: KeyboardEvent): boolean => {
    const cells = [...(list.current?.children ?? [])] as HTMLElement[]
    const columns = columnsOf(cells.map(({ offsetTop }) => offsetTop))
    const rtl = list.current?.matches(':dir(rtl)') ?? false
    const next = stepInGrid({ key: event.key, from: at, count: items.length, columns, rtl })
    if (next === null) return false
    const id = order[next]
    if (event.shiftKey && id !== undefined)
      onSelect(extendedTo(selection.anchor === null ? toggled(selection, order[at] ?? id) : selection, id, order))
    focus(next)
    return true
  }
  // The picture that had the focus is gone: the one in its place has it, not the top of the page.
  const hadFocus = useRef(false)
  useEffect(() => {
    if (hadFocus.current && document.activeElement === document.body && items.length > 0)
      focus(Math.min(at, items.length - 1))
  }, [items.length])
  return (
    <ul
      ref={list}
      class={waiting ? 'library-grid is-waiting' : 'library-grid'}
      role="list"
      aria-label={t('library.pictures')}
      onKeyDown={onKeyDown}
      onFocusCapture={(event) => {
        hadFocus.current = true
        const id = (event.target as HTMLElement).closest<HTMLElement>('[data-item]')?.dataset.item
        if (id !== undefined && id !== currentId) setCurrentId(id)
      }}
    >
      {items.map((item, index) => (
        <ItemCell
          key={item.id}
          item={item}
          current={index === at}
          chosen={selection.ids.has(item.id)}
          eager={index < FIRST_SEEN}
          actions={actions}
        />
      ))}
    </ul>
  )
}

const isPicture = (target: EventTarget | null): boolean => (target as HTMLElement | null)?.className === 'library-open'

type Latest = Pick<ItemGridProps, 'selection' | 'onSelect' | 'onOpen' | 'onFavourite'> & {
  order: string[]
  setCurrentId: (id: string) => void
}

/** One object for the life of the grid, which always does what the latest drawing meant. */
function useActions(now: Latest): CellActions {
  const latest = useRef(now)
  latest.current = now
  return useMemo<CellActions>(() => {
    const toggle = (item: LibraryItem, isRange: boolean) => {
      const { selection, order, onSelect } = latest.current
      onSelect(isRange ? extendedTo(selection, item.id, order) : toggled(selection, item.id))
    }
    return {
      toggle,
      press: (item, event) => {
        latest.current.setCurrentId(item.id)
        const choosing = latest.current.selection.ids.size > 0 || event.ctrlKey || event.metaKey || event.shiftKey
        if (choosing) toggle(item, event.shiftKey)
        else latest.current.onOpen(item)
      },
      favourite: (item) => latest.current.onFavourite(item),
    }
  }, [])
}
