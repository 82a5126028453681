import { useState } from 'preact/hooks'
import type { LibraryItem } from '#shared/contracts/library'
import { toApiProblem } from '../../../api/api-problem.ts'
import { useAction } from '../../../api/use-action.ts'
import { useResource } from '../../../api/use-resource.ts'
import { Button } from '../../../ui/button.tsx'
import { Field } from '../../../ui/field.tsx'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'
import { Menu } from '../../../ui/menu.tsx'
import { ProblemNote } from '../../../ui/problem-note.tsx'
import { problemSentence } from '../../../ui/problem-sentence.ts'
import { toast } from '../../../ui/toasts.ts'
import { changeMany, createCollection, listCollections } from '../../library/library-calls.ts'

const LONGEST = 80

/** Puts the picture into a collection that is there, or into a new one. */
export function CollectionChoice({ item }: { item: LibraryItem }) {
  const t = useTranslate()
  const locale = useLocale()
  const { data, reload } = useResource('collections', listCollections)
  const [naming, setNaming] = useState<string | null>(null)
  const [own, setOwn] = useState(item.collection_ids)

  const put = async ({ id, name }: { id: string; name: string }) => {
    const isIn = own.includes(id)
    await changeMany({ ids: [item.id], action: isIn ? 'uncollect' : 'collect', collection_id: id })
    setOwn(isIn ? own.filter((other) => other !== id) : [...own, id])
    toast({ text: t(isIn ? 'images.uncollected' : 'images.collected', { name }) })
  }
  const creating = useAction(async () => {
    const made = await createCollection((naming ?? '').trim())
    await put(made)
    setNaming(null)
    reload()
  })
  const choose = (collection: { id: string; name: string }) =>
    void put(collection).catch((error: unknown) =>
      toast({ tone: 'danger', text: problemSentence(locale, toApiProblem(error)) }),
    )
  return (
    <>
      <Menu
        label={t('images.collect')}
        icon="plus"
        variant="secondary"
        size="sm"
        align="start"
        items={[
          ...(data ?? []).map((collection) => ({
            label: collection.name,
            checked: own.includes(collection.id),
            onSelect: () => choose(collection),
          })),
          ...((data?.length ?? 0) > 0 ? [{ separator: true } as const] : []),
          { label: t('images.collection-new'), icon: 'plus', onSelect: () => setNaming('') },
        ]}
      />
      {naming !== null && (
        <form
          class="images-naming"
          onSubmit={(event) => {
            event.preventDefault()
            if (naming.trim() !== '') void creating.run()
          }}
        >
          <Field label={t('images.collection-name')} value={naming} maxLength={LONGEST} autoFocus onInput={setNaming} />
          <div class="cluster">
            <Button type="submit" size="sm" variant="primary" busy={creating.running} disabled={naming.trim() === ''}>
              {t('images.collection-create')}
            </Button>
            <Button size="sm" variant="ghost" onClick={() => setNaming(null)}>
              {t('ui.cancel')}
            </Button>
          </div>
          {creating.problem && <ProblemNote problem={creating.problem} />}
        </form>
      )}
    </>
  )
}
