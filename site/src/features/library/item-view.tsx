import type { ComponentChildren } from 'preact'
import type { LibraryItem } from '#shared/contracts/library'
import { Dialog } from '../../ui/dialog.tsx'
import { ItemPicture } from './item-picture.tsx'

export interface ItemViewProps {
  /** Null: closed. */
  item: LibraryItem | null
  onClose: () => void
  /** Absent where there is none before or after it. */
  onPrevious?: () => void
  onNext?: () => void
  /** What was changed here, as the platform has it now. */
  onChanged: (item: LibraryItem) => void
  /** It was deleted, or erased. */
  onGone: (id: string) => void
  /** What else can be done with it on the page that shows it: more buttons. */
  children?: ComponentChildren
}

/** One picture, large, with how it was made and everything that can be done with it. */
export function ItemView({ item, onClose, children }: ItemViewProps) {
  return (
    <Dialog open={item !== null} onClose={onClose} title={item?.title ?? ''} size="lg">
      {item && <ItemPicture item={item} rendition="web" eager />}
      {children}
    </Dialog>
  )
}
