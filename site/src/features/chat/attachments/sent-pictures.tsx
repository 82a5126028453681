import { fileAddress } from '../../library/library-calls.ts'
import { libraryWith } from '../../library/send-to.ts'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'

/** The pictures of a message, each of which opens in the library. */
export function SentPictures({ ids }: { ids: readonly string[] | undefined }) {
  const t = useTranslate()
  const locale = useLocale()
  if (!ids || ids.length === 0) return null
  return (
    <ul class="chat-pictures" role="list" aria-label={t('chat.attached')}>
      {ids.map((id, index) => (
        <li key={id} class="chat-attachment">
          <a href={libraryWith(locale, id)}>
            <img
              src={fileAddress(id, { rendition: 'thumbnail' })}
              alt={t('chat.picture', { number: index + 1 })}
              loading="lazy"
            />
          </a>
        </li>
      ))}
    </ul>
  )
}
