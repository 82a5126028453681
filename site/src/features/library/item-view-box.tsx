import { useEffect, useRef } from 'preact/hooks'
import type { LibraryItem } from '#shared/contracts/library'
import { Button } from '../../ui/button.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { ItemActions } from './item-actions.tsx'
import { ItemFacts } from './item-facts.tsx'
import { ItemPicture } from './item-picture.tsx'
import { ItemSharing } from './item-sharing.tsx'
import type { ItemViewProps } from './item-view.tsx'
import { ItemWords } from './item-words.tsx'
import './item-view.css'

/** Where arrows have a meaning of their own. */
const keepsArrows = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [role^=menu], dialog dialog') !== null

/** Default export, because it is fetched when it is first wanted. */
export default function ItemViewBox({
  open,
  item,
  onClose,
  onPrevious,
  onNext,
  ...rest
}: ItemViewProps & { open: boolean }) {
  const element = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = element.current
    if (!dialog) return
    if (open && !dialog.open) dialog.showModal()
    if (!open && dialog.open) dialog.close()
  }, [open])
  const onKeyDown = (event: KeyboardEvent) => {
    if (keepsArrows(event.target) || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    const rtl = element.current?.matches(':dir(rtl)') ?? false
    const forward = event.key === (rtl ? 'ArrowLeft' : 'ArrowRight')
    const backward = event.key === (rtl ? 'ArrowRight' : 'ArrowLeft')
    const go = forward ? onNext : backward ? onPrevious : undefined
    if (!go) return
    event.preventDefault()
    go()
  }
  return (
    <dialog
      ref={element}
      class="item-view"
      aria-label={item?.title}
      onKeyDown={onKeyDown}
      onClose={(event) => {
        // A dialog within this one closes as well, and says so upwards.
        if (event.target === element.current && open) onClose()
      }}
    >
      {item && <Shown item={item} onClose={onClose} onPrevious={onPrevious} onNext={onNext} {...rest} />}
    </dialog>
  )
}

type ShownProps = Omit<ItemViewProps, 'item'> & { item: LibraryItem }

function Shown({ item, onClose, onPrevious, onNext, onChanged, onGone, children }: ShownProps) {
  const t = useTranslate()
  return (
    <div class="item-view-box">
      <div class="item-stage">
        <ItemPicture key={item.id} item={item} rendition="web" eager />
        <div class="item-steps">
          <Button variant="secondary" iconOnly icon="chevron-backward" disabled={!onPrevious} onClick={onPrevious}>
            {t('library.previous')}
          </Button>
          <Button variant="secondary" iconOnly icon="chevron-forward" disabled={!onNext} onClick={onNext}>
            {t('library.next')}
          </Button>
        </div>
      </div>
      <div class="item-panel" tabIndex={0} role="region" aria-label={t('library.about')}>
        <header class="item-head">
          <ItemWords key={item.id} item={item} onChanged={onChanged} />
          <Button variant="ghost" size="sm" iconOnly icon="close" onClick={onClose}>
            {t('ui.close')}
          </Button>
        </header>
        <ItemActions item={item} onChanged={onChanged} onGone={onGone}>
          {children}
        </ItemActions>
        {item.mine && item.deleted_at === null && (
          <ItemSharing key={`sharing-${item.id}`} item={item} onChanged={onChanged} />
        )}
        <ItemFacts item={item} />
      </div>
    </div>
  )
}
