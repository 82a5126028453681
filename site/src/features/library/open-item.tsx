import { useEffect, useState } from 'preact/hooks'
import type { LibraryItem } from '#shared/contracts/library'
import { toApiProblem } from '../../api/api-problem.ts'
import { useLocale } from '../../ui/locale-context.tsx'
import { problemSentence } from '../../ui/problem-sentence.ts'
import { toast } from '../../ui/toasts.ts'
import { ItemView } from './item-view.tsx'
import { getItem } from './library-calls.ts'

interface OpenItemProps {
  itemId: string | null
  /** Those that the page shows; another one, as from a link, is asked for. */
  items: readonly LibraryItem[]
  onOpen: (id: string) => void
  onClose: () => void
  onChanged: (item: LibraryItem) => void
  onGone: (id: string) => void
}

/** The picture that the address names, between its neighbours. */
export function OpenItem({ itemId, items, onOpen, onClose, onChanged, onGone }: OpenItemProps) {
  const locale = useLocale()
  const [other, setOther] = useState<LibraryItem | null>(null)
  const at = items.findIndex(({ id }) => id === itemId)
  const shown = items[at] ?? (other?.id === itemId ? other : null)
  useEffect(() => {
    if (itemId === null || shown) return
    const controller = new AbortController()
    getItem(itemId, controller.signal).then(setOther, (error: unknown) => {
      if (controller.signal.aborted) return
      toast({ tone: 'danger', text: problemSentence(locale, toApiProblem(error)) })
      onClose()
    })
    return () => controller.abort()
  }, [itemId])
  const previous = at > 0 ? items[at - 1] : undefined
  const next = at >= 0 ? items[at + 1] : undefined
  return (
    <ItemView
      item={itemId === null ? null : shown}
      onClose={onClose}
      onPrevious={previous && (() => onOpen(previous.id))}
      onNext={next && (() => onOpen(next.id))}
      onChanged={(item) => {
        setOther(item)
        onChanged(item)
      }}
      onGone={(id) => {
        onGone(id)
        const neighbour = next ?? previous
        if (neighbour) onOpen(neighbour.id)
        else onClose()
      }}
    />
  )
}
