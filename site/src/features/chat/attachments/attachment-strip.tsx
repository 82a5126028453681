import { fileAddress } from '../../library/library-calls.ts'
import { Button } from '../../../ui/button.tsx'
import { useTranslate } from '../../../ui/locale-context.tsx'

interface AttachmentStripProps {
  ids: readonly string[]
  /** The model in use sees pictures. */
  sees: boolean
  onRemove: (id: string) => void
}

/** Above what is typed: what goes with it. */
export function AttachmentStrip({ ids, sees, onRemove }: AttachmentStripProps) {
  const t = useTranslate()
  if (ids.length === 0) return null
  return (
    <div class="chat-attached">
      <ul role="list" aria-label={t('chat.attached')}>
        {ids.map((id, index) => (
          <li key={id} class="chat-attachment">
            <img src={fileAddress(id, { rendition: 'thumbnail' })} alt={t('chat.picture', { number: index + 1 })} />
            <Button size="sm" iconOnly icon="close" onClick={() => onRemove(id)}>
              {t('chat.detach', { number: index + 1 })}
            </Button>
          </li>
        ))}
      </ul>
      {!sees && <p class="chat-attached-note">{t('chat.attached-blind')}</p>}
    </div>
  )
}
