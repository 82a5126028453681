import type { ComponentChildren } from 'preact'
import type { LibraryItem } from '#shared/contracts/library'
import { lazyPart } from '../../ui/lazy-part.tsx'

export interface ItemViewProps {
  /** Null: closed. */
  item: LibraryItem | null
  onClose: () => void
  /** Absent where there is none before or after it. */
  onPrevious?: () => void
  onNext?: () => void
  /** What was changed here, as the platform has it now. */
  onChanged: (item: LibraryItem) => void
  /** It was deleted, restored or erased: it is no longer where it was. */
  onGone: (id: string) => void
  /** What else can be done with it on the page that shows it: more buttons. */
  children?: ComponentChildren
}

const ItemViewBox = lazyPart(() => import('./item-view-box.tsx'))

/** One picture, large, with how it was made and everything that can be done with it. Fetched when it is first wanted. */
export const ItemView = (props: ItemViewProps) => <ItemViewBox {...props} open={props.item !== null} />
