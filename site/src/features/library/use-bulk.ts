import { useState } from 'preact/hooks'
import type { BulkAction, BulkResult, LibraryItem } from '#shared/contracts/library'
import { toApiProblem } from '../../api/api-problem.ts'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { problemSentence } from '../../ui/problem-sentence.ts'
import { toast } from '../../ui/toasts.ts'
import { changeMany } from './library-calls.ts'
import type { Items } from './use-items.ts'

export interface Bulk {
  busy: boolean
  act: (ids: string[], action: BulkAction, collectionId?: string) => Promise<boolean>
}

/** What an action makes of an item that is shown; null where it leaves every list that shows it. */
function after(item: LibraryItem, action: BulkAction, collectionId: string | undefined): LibraryItem | null {
  const others = item.collection_ids.filter((id) => id !== collectionId)
  switch (action) {
    case 'delete':
    case 'restore':
    case 'erase':
      return null
    case 'favourite':
    case 'unfavourite':
      return { ...item, favourite: action === 'favourite' }
    case 'show':
    case 'hide':
      return { ...item, visibility: action === 'show' ? 'organization' : 'private' }
    case 'collect':
      return { ...item, collection_ids: collectionId === undefined ? others : [...others, collectionId] }
    case 'uncollect':
      return { ...item, collection_ids: others }
  }
}

/** Things done to many at once: the page shows it, a word says it, and what was deleted can be had back from there. */
export function useBulk(items: Items, onDone: (action: BulkAction, ids: readonly string[]) => void): Bulk {
  const t = useTranslate()
  const locale = useLocale()
  const [busy, setBusy] = useState(false)

  const show = ({ done, failed }: BulkResult, action: BulkAction, collectionId?: string) => {
    const doneIds = new Set(done)
    for (const item of items.items ?? []) {
      if (!doneIds.has(item.id)) continue
      const next = after(item, action, collectionId)
      if (next) items.put(next)
    }
    if (action === 'delete' || action === 'restore' || action === 'erase') items.drop(done)
    const [first] = failed
    if (first)
      toast({
        tone: 'danger',
        text: t('library.some-failed', { count: failed.length, reason: problemSentence(locale, { code: first.code }) }),
      })
  }
  const undo = (ids: string[]) => ({
    label: t('library.undo'),
    onPress: () => {
      changeMany({ ids, action: 'restore' }).then(
        () => {
          items.refresh()
          onDone('restore', ids)
        },
        (error: unknown) => toast({ tone: 'danger', text: problemSentence(locale, toApiProblem(error)) }),
      )
    },
  })
  const act = async (ids: string[], action: BulkAction, collectionId?: string) => {
    if (busy || ids.length === 0) return false
    setBusy(true)
    try {
      const result = await changeMany({
        ids,
        action,
        ...(collectionId !== undefined && { collection_id: collectionId }),
      })
      show(result, action, collectionId)
      const count = result.done.length
      if (count > 0)
        toast({
          text: t(`library.done-${action}`, { count }),
          ...(action === 'delete' && { action: undo(result.done) }),
        })
      onDone(action, result.done)
      return true
    } catch (error) {
      toast({ tone: 'danger', text: problemSentence(locale, toApiProblem(error)) })
      return false
    } finally {
      setBusy(false)
    }
  }
  return { busy, act }
}
