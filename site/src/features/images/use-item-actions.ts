import { useCallback, useMemo, useRef } from 'preact/hooks'
import type { LibraryItem } from '#shared/contracts/library'
import { toApiProblem } from '../../api/api-problem.ts'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { problemSentence } from '../../ui/problem-sentence.ts'
import { toast } from '../../ui/toasts.ts'
import { changeItem, changeMany, getItem } from '../library/library-calls.ts'
import type { Gallery } from './use-gallery.ts'

export interface ItemActions {
  favourite: (item: LibraryItem) => void
  /** They go at once, and come back with one press for as long as the message is there; in the library for 30 days. */
  remove: (ids: readonly string[]) => void
}

/** What changes a picture itself. It is shown at once and taken back where the platform refuses. */
export function useItemActions(gallery: Pick<Gallery, 'state' | 'tell'>): ItemActions {
  const t = useTranslate()
  const locale = useLocale()
  const latest = useRef(gallery)
  latest.current = gallery
  const fail = useCallback(
    (error: unknown) => toast({ tone: 'danger', text: problemSentence(locale, toApiProblem(error)) }),
    [locale],
  )

  const favourite = useCallback((item: LibraryItem) => {
    const { tell } = latest.current
    tell({ type: 'items', items: [{ ...item, favourite: !item.favourite }] })
    changeItem(item.id, { favourite: !item.favourite }).then(
      (changed) => tell({ type: 'items', items: [changed] }),
      (error: unknown) => {
        tell({ type: 'items', items: [item] })
        fail(error)
      },
    )
  }, [])
  const bringBack = useCallback(async (ids: readonly string[]) => {
    const items = await Promise.all(ids.map((id) => getItem(id)))
    latest.current.tell({ type: 'items', items })
  }, [])
  const restore = useCallback(async (ids: readonly string[]) => {
    try {
      await changeMany({ ids: [...ids], action: 'restore' })
      await bringBack(ids)
      toast({ text: t('images.restored', { count: ids.length }) })
    } catch (error) {
      fail(error)
    }
  }, [])
  const remove = useCallback((ids: readonly string[]) => {
    const { tell, state } = latest.current
    const known = ids.flatMap((id) => state.items.get(id) ?? [])
    tell({ type: 'gone', ids })
    changeMany({ ids: [...ids], action: 'delete' }).then(
      () =>
        toast({
          text: t('images.deleted', { count: ids.length }),
          action: { label: t('images.undo'), onPress: () => void restore(ids) },
        }),
      (error: unknown) => {
        tell({ type: 'items', items: known })
        fail(error)
      },
    )
  }, [])
  return useMemo(() => ({ favourite, remove }), [])
}
