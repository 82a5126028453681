import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { LibraryItem } from '#shared/contracts/library'
import { may } from '../../api/account.ts'
import { toApiProblem } from '../../api/api-problem.ts'
import { useAction } from '../../api/use-action.ts'
import { useResource } from '../../api/use-resource.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Note } from '../../ui/note.tsx'
import { problemSentence } from '../../ui/problem-sentence.ts'
import { toast } from '../../ui/toasts.ts'
import { CollectDialog } from './collect-dialog.tsx'
import { daysLeft } from './days-left.ts'
import {
  changeItem,
  changeMany,
  deleteItem,
  eraseItem,
  fileAddress,
  getItem,
  listCollections,
  restoreItem,
} from './library-calls.ts'
import { chatWith, imagesWith } from './send-to.ts'

interface ItemActionsProps {
  item: LibraryItem
  onChanged: (item: LibraryItem) => void
  onGone: (id: string) => void
  children?: ComponentChildren
}

export function ItemActions(props: ItemActionsProps) {
  return props.item.deleted_at === null ? <Living {...props} /> : <Deleted {...props} />
}

function Living({ item, onChanged, onGone, children }: ItemActionsProps) {
  const t = useTranslate()
  const locale = useLocale()
  const [collecting, setCollecting] = useState(false)
  const say = (error: unknown) => toast({ tone: 'danger', text: problemSentence(locale, toApiProblem(error)) })
  const favourite = useAction(async () => {
    try {
      onChanged(await changeItem(item.id, { favourite: !item.favourite }))
    } catch (error) {
      say(error)
    }
  })
  const restore = () =>
    restoreItem(item.id)
      .then(() => getItem(item.id))
      .then(onChanged, say)
  const remove = useAction(async () => {
    try {
      await deleteItem(item.id)
      toast({
        text: t('library.done-delete', { count: 1 }),
        action: { label: t('library.undo'), onPress: () => void restore() },
      })
      onGone(item.id)
    } catch (error) {
      say(error)
    }
  })
  return (
    <div class="item-actions">
      <Button
        icon="heart"
        class={item.favourite ? 'item-heart is-on' : 'item-heart'}
        aria-pressed={item.favourite}
        busy={favourite.running}
        onClick={() => void favourite.run()}
      >
        {t('library.favourite')}
      </Button>
      <LinkButton icon="download" href={fileAddress(item.id, { download: true })} download>
        {t('library.download')}
      </LinkButton>
      {children}
      <ItemRoads item={item} />
      <Button icon="collection" onClick={() => setCollecting(true)}>
        {t('library.collect')}
      </Button>
      {item.mine && (
        <Button icon="trash" busy={remove.running} onClick={() => void remove.run()}>
          {t('ui.delete')}
        </Button>
      )}
      <Collecting
        item={item}
        open={collecting}
        onClose={() => setCollecting(false)}
        onDone={(collectionId) => {
          toast({ text: t('library.done-collect', { count: 1 }) })
          onChanged({ ...item, collection_ids: [...new Set([...item.collection_ids, collectionId])] })
        }}
      />
    </div>
  )
}

interface CollectingProps {
  item: LibraryItem
  open: boolean
  onClose: () => void
  onDone: (collectionId: string) => void
}

function Collecting({ item, open, onClose, onDone }: CollectingProps) {
  const { data } = useResource(open ? 'collections' : null, listCollections)
  return (
    <CollectDialog
      open={open}
      collections={data ?? []}
      onClose={onClose}
      onCollect={async ({ id }) => {
        await changeMany({ ids: [item.id], action: 'collect', collection_id: id })
        onDone(id)
      }}
    />
  )
}

/** Where it can go from here. */
function ItemRoads({ item }: { item: LibraryItem }) {
  const t = useTranslate()
  const locale = useLocale()
  if (item.kind !== 'image') return null
  const isMade = item.provenance?.prompt !== null && item.provenance !== null
  return (
    <>
      {may('images.use') && (
        <Menu
          label={t('library.use-in-images')}
          icon="again"
          variant="secondary"
          align="start"
          items={[
            ...(isMade
              ? [{ label: t('library.use-again'), icon: 'again' as const, href: imagesWith(locale, item.id, 'again') }]
              : []),
            { label: t('library.use-edit'), icon: 'edit', href: imagesWith(locale, item.id, 'edit') },
            { label: t('library.use-vary'), icon: 'images', href: imagesWith(locale, item.id, 'vary') },
          ]}
        />
      )}
      {may('conversations.use') && (
        <LinkButton icon="chat" href={chatWith(locale, [item.id])}>
          {t('library.send-to-chat')}
        </LinkButton>
      )}
    </>
  )
}

function Deleted({ item, onGone }: ItemActionsProps) {
  const t = useTranslate()
  const locale = useLocale()
  const [asking, setAsking] = useState(false)
  const restore = useAction(async () => {
    try {
      await restoreItem(item.id)
      toast({ text: t('library.done-restore', { count: 1 }) })
      onGone(item.id)
    } catch (error) {
      toast({ tone: 'danger', text: problemSentence(locale, toApiProblem(error)) })
    }
  })
  const erase = useAction(async () => {
    await eraseItem(item.id)
    setAsking(false)
    onGone(item.id)
  })
  return (
    <div class="stack">
      {item.erased_at !== null && <Note>{t('library.gone-in', { count: daysLeft(item.erased_at, Date.now()) })}</Note>}
      {item.mine && (
        <div class="item-actions">
          <Button icon="restore" variant="primary" busy={restore.running} onClick={() => void restore.run()}>
            {t('library.restore')}
          </Button>
          <Button icon="trash" variant="danger" onClick={() => setAsking(true)}>
            {t('library.erase')}
          </Button>
        </div>
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => void erase.run()}
        title={t('library.erase-title', { count: 1 })}
        description={t('library.erase-text')}
        confirmLabel={t('library.erase')}
        danger
        busy={erase.running}
        problem={erase.problem}
      />
    </div>
  )
}
