import { useRef } from 'preact/hooks'
import type { ImageModelInfo } from '#shared/contracts/images'
import type { Job } from '#shared/contracts/jobs'
import { formatTime } from '../../../i18n/format-time.ts'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { LoadMore } from '../../../ui/load-more.tsx'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'
import { groupJobs, isShown, placesOf } from '../state/job-groups.ts'
import type { JobDay, Place } from '../state/job-groups.ts'
import type { Gallery } from '../use-gallery.ts'
import { JobSet } from './job-set.tsx'
import type { JobActions } from './job-set.tsx'

export interface GalleryViewProps {
  gallery: Gallery
  models: readonly ImageModelInfo[]
  compared: readonly string[]
  busyJobs: ReadonlySet<string>
  actions: JobActions
  onExample: (text: string) => void
}

/** Thumbnails of so many jobs are asked for at once; the others when they come near. */
const EAGER = 3

export function GalleryView({ gallery, models, compared, busyJobs, actions, onExample }: GalleryViewProps) {
  const t = useTranslate()
  const locale = useLocale()
  const { state, problem, loading } = gallery
  const drawn = useRef(new Map<string, { key: string; places: Place[] }>())
  const shown = state.jobs.filter((job) => isShown(job, state))
  if (!state.loaded)
    return problem ? (
      <ErrorState problem={problem} onRetry={gallery.reload} />
    ) : (
      <GallerySkeleton label={t('ui.loading')} />
    )
  if (shown.length === 0 && state.cursor === null) return <EmptyGallery onExample={onExample} />
  const eager = new Set(shown.slice(0, EAGER).map(({ id }) => id))
  return (
    <>
      {groupJobs(shown, Date.now()).map((day) => (
        <section key={day.at} class="images-day" aria-label={dayOf(day)}>
          <h2>{dayOf(day)}</h2>
          {day.jobs.map((job) => row(job))}
        </section>
      ))}
      {problem && <ErrorState problem={problem} onRetry={gallery.more} compact />}
      <LoadMore cursor={state.cursor} busy={loading === 'more'} onMore={gallery.more} />
    </>
  )

  function row(job: Job) {
    const places = samePlaces(job)
    const own = compared.filter((id) => job.item_ids.includes(id)).join(' ')
    return (
      <JobSet
        key={job.id}
        job={job}
        modelName={models.find(({ id }) => id === job.model)?.name ?? job.model}
        places={places}
        eager={eager.has(job.id)}
        compared={own}
        busy={busyJobs.has(job.id)}
        actions={actions}
      />
    )
  }

  /** The very same where nothing about them has changed, so that a job need not be drawn again. */
  function samePlaces(job: Job): Place[] {
    const places = placesOf(job, state)
    const key = placesKey(places)
    const before = drawn.current.get(job.id)
    if (before?.key === key) return before.places
    drawn.current.set(job.id, { key, places })
    return places
  }

  function dayOf({ kind, at }: JobDay): string {
    return kind === 'day' ? formatTime(locale, at, 'date') : t(`images.day-${kind}`)
  }
}

const placesKey = (places: readonly Place[]): string =>
  places
    .map(({ itemId, item, preview }) => [itemId, item?.updated_at, item?.favourite, preview?.length].join())
    .join(';')

const examples = [
  'images.example-courtyard',
  'images.example-poster',
  'images.example-coffee',
  'images.example-icon',
] as const

function EmptyGallery({ onExample }: { onExample: (text: string) => void }) {
  const t = useTranslate()
  return (
    <div class="images-empty">
      <EmptyState icon="images" title={t('images.empty-title')} text={t('images.empty-text')} />
      <ul class="images-examples" role="list" aria-label={t('images.examples')}>
        {examples.map((key) => (
          <li key={key}>
            <Button class="images-example" onClick={() => onExample(t(key))}>
              {t(key)}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function GallerySkeleton({ label }: { label: string }) {
  return (
    <div class="images-skeleton" role="status">
      <span class="visually-hidden">{label}</span>
      {[0, 1].map((row) => (
        <div key={row} aria-hidden="true">
          <span class="skeleton-line" />
          <span class="images-skeleton-tiles">
            {[0, 1, 2, 3].map((tile) => (
              <span key={tile} class="images-skeleton-tile" />
            ))}
          </span>
        </div>
      ))}
    </div>
  )
}
