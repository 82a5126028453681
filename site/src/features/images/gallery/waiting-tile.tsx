import type { ComponentChildren } from 'preact'
import { useTranslate } from '../../../ui/locale-context.tsx'
import type { Place } from '../state/job-groups.ts'

/** Where a picture will be, in its shape: what is seen of it so far, or a slow shimmer. */
export function WaitingTile({ place, children }: { place: Place; children?: ComponentChildren }) {
  const t = useTranslate()
  return (
    <li class="images-tile images-waiting" style={{ '--ratio': String(place.width / place.height) }}>
      {place.preview && <img src={place.preview} alt={t('images.preview')} width={place.width} height={place.height} />}
      {children}
    </li>
  )
}
