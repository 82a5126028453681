import { useState } from 'preact/hooks'
import type { LibraryItem, Rendition } from '#shared/contracts/library'
import { classNames } from '../../ui/class-names.ts'
import { Icon } from '../../ui/icon.tsx'
import { placeholderOf } from './thumbhash.ts'
import './item-picture.css'

export interface ItemPictureProps {
  item: Pick<LibraryItem, 'title' | 'width' | 'height' | 'thumbhash'> & { urls: LibraryItem['urls'] }
  rendition?: Rendition
  /** Empty where the words beside it say the same. Absent: its title. */
  alt?: string
  /** Among the first that are seen: asked for at once, not when it comes near. */
  eager?: boolean
  /** `square`: cut to a square. `whole`: all of it, in its own shape. */
  shape?: 'square' | 'whole'
  class?: string
}

/** A picture that takes its room before it is there: its placeholder first, then itself, and nothing moves. */
export function ItemPicture({
  item,
  rendition = 'thumbnail',
  alt,
  eager,
  shape = 'whole',
  class: own,
}: ItemPictureProps) {
  const [state, setState] = useState<'waiting' | 'there' | 'broken'>('waiting')
  const source = item.urls[rendition] ?? item.urls.web ?? item.urls.original
  const small = rendition === 'thumbnail' ? null : item.urls.thumbnail
  const placeholder = small ?? placeholderOf(item.thumbhash)
  const ratio = shape === 'square' || !item.width || !item.height ? 1 : item.width / item.height
  return (
    <span
      class={classNames('item-picture', `item-picture-${shape}`, `is-${state}`, own)}
      style={{
        '--ratio': String(ratio),
        aspectRatio: String(ratio),
        ...(placeholder && state !== 'there' && { backgroundImage: `url("${placeholder}")` }),
      }}
    >
      {state === 'broken' ? (
        <span class="item-picture-broken" role="img" aria-label={alt ?? item.title}>
          <Icon name="alert" size={20} />
        </span>
      ) : (
        <img
          key={source}
          src={source}
          alt={alt ?? item.title}
          width={item.width ?? undefined}
          height={item.height ?? undefined}
          loading={eager ? 'eager' : 'lazy'}
          decoding="async"
          draggable={false}
          onLoad={() => setState('there')}
          onError={() => setState('broken')}
        />
      )}
    </span>
  )
}
