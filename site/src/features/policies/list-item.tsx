import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'

interface ListItemProps {
  /** What it is called, for whoever hears it. */
  name: string
  heading: ComponentChildren
  at: number
  count: number
  onMove: (by: -1 | 1) => void
  onRemove: () => void
  children: ComponentChildren
}

/** One of several that stand in an order: it can be moved, removed, and says which it is. */
export function ListItem({ name, heading, at, count, onMove, onRemove, children }: ListItemProps) {
  const id = useId()
  return (
    <li>
      <div class="policies-item" role="group" aria-labelledby={id}>
        <div class="policies-item-head">
          <h3 id={id}>{heading}</h3>
          <MoveButtons name={name} at={at} count={count} onMove={onMove} onRemove={onRemove} />
        </div>
        {children}
      </div>
    </li>
  )
}

type MoveButtonsProps = Pick<ListItemProps, 'name' | 'at' | 'count' | 'onMove' | 'onRemove'>

export function MoveButtons({ name, at, count, onMove, onRemove }: MoveButtonsProps) {
  const t = useTranslate()
  const id = useId()
  // What was moved takes its buttons with it: the one that was pressed keeps the focus.
  const move = (by: -1 | 1) => {
    onMove(by)
    const atEnd = by < 0 ? at === 1 : at === count - 2
    const wanted = by < 0 !== atEnd ? `${id}-up` : `${id}-down`
    requestAnimationFrame(() => document.getElementById(wanted)?.focus())
  }
  return (
    <span class="policies-moves">
      <Button
        id={`${id}-up`}
        size="sm"
        variant="ghost"
        iconOnly
        icon="arrow-up"
        disabled={at === 0}
        onClick={() => move(-1)}
      >
        {t('policies.move-up', { name })}
      </Button>
      <Button
        id={`${id}-down`}
        size="sm"
        variant="ghost"
        iconOnly
        icon="arrow-down"
        disabled={at === count - 1}
        onClick={() => move(1)}
      >
        {t('policies.move-down', { name })}
      </Button>
      <Button size="sm" variant="ghost" iconOnly icon="trash" onClick={onRemove}>
        {t('policies.remove', { name })}
      </Button>
    </span>
  )
}
