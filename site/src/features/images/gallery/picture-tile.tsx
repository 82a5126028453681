import type { Job } from '#shared/contracts/jobs'
import type { LibraryItem } from '#shared/contracts/library'
import { useState } from 'preact/hooks'
import { Button } from '../../../ui/button.tsx'
import { classNames } from '../../../ui/class-names.ts'
import { Icon } from '../../../ui/icon.tsx'
import { useTranslate } from '../../../ui/locale-context.tsx'
import { fileAddress } from '../../library/library-calls.ts'
import { placeholderOf } from '../../library/thumbhash.ts'
import { ITEM_TYPE } from '../composer/dropped-pictures.ts'
import type { Place } from '../state/job-groups.ts'
import { readJobInput } from '../state/job-input.ts'

/** What a picture may ask of the page. */
export interface PictureActions {
  open: (itemId: string) => void
  favourite: (item: LibraryItem) => void
  edit: (item: Pick<LibraryItem, 'id' | 'width' | 'height'>) => void
  vary: (item: Pick<LibraryItem, 'id' | 'width' | 'height'>) => void
  compare: (itemId: string) => void
}

export interface PictureTileProps {
  job: Job
  place: Place & { itemId: string }
  /** Among the first that are seen. */
  eager: boolean
  /** The only one of its job, and so drawn larger. */
  single: boolean
  compared: boolean
  actions: PictureActions
}

const SHARP_RATIO = 1.2

/** One picture: its place has its shape from the first moment, then its colours, then itself. */
export function PictureTile({ job, place, eager, single, compared, actions }: PictureTileProps) {
  const t = useTranslate()
  const [state, setState] = useState<'waiting' | 'there' | 'broken'>('waiting')
  const { itemId, item, width, height } = place
  // A thumbnail is sharp in a square of its size; a wide picture that stands alone is larger than that.
  const large = single && width / height > SHARP_RATIO
  const placeholder = placeholderOf(item?.thumbhash ?? null)
  const title = item?.title || readJobInput(job).prompt || t('images.picture')
  const known = item ?? { id: itemId, width, height }
  return (
    <li
      class={classNames('images-tile', `is-${state}`, compared && 'is-compared')}
      style={{
        '--ratio': String(width / height),
        ...(placeholder && state !== 'there' && { backgroundImage: `url("${placeholder}")` }),
      }}
    >
      <button
        type="button"
        class="images-tile-open"
        aria-label={t('images.open', { title, number: place.index + 1 })}
        data-item={itemId}
        draggable
        onDragStart={(event) => event.dataTransfer?.setData(ITEM_TYPE, itemId)}
        onClick={() => actions.open(itemId)}
      >
        {state === 'broken' ? (
          <span class="images-tile-broken">
            <Icon name="alert" size={22} />
            {t('images.picture-broken')}
          </span>
        ) : (
          <img
            src={fileAddress(itemId, { rendition: large ? 'web' : 'thumbnail' })}
            alt={title}
            width={width}
            height={height}
            loading={eager ? 'eager' : 'lazy'}
            fetchPriority={eager ? 'high' : 'auto'}
            decoding="async"
            draggable={false}
            onLoad={() => setState('there')}
            onError={() => setState('broken')}
          />
        )}
      </button>
      <span class="images-tile-ways">
        {item && (
          <Button
            size="sm"
            iconOnly
            icon="heart"
            class="images-tile-way"
            aria-pressed={item.favourite}
            onClick={() => actions.favourite(item)}
          >
            {t('images.favourite')}
          </Button>
        )}
        <Button size="sm" iconOnly icon="vary" class="images-tile-way" onClick={() => actions.vary(known)}>
          {t('images.vary')}
        </Button>
        <Button size="sm" iconOnly icon="edit" class="images-tile-way" onClick={() => actions.edit(known)}>
          {t('images.edit')}
        </Button>
        <Button
          size="sm"
          iconOnly
          icon="compare"
          class="images-tile-way"
          aria-pressed={compared}
          onClick={() => actions.compare(itemId)}
        >
          {t('images.compare-mark')}
        </Button>
      </span>
    </li>
  )
}
