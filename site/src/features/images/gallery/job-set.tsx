import { hasEnded } from '../state/has-ended.ts'
import type { Job } from '#shared/contracts/jobs'
import { formatNumber } from '../../../i18n/format-number.ts'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'
import { Menu } from '../../../ui/menu.tsx'
import type { MenuItem } from '../../../ui/menu.tsx'
import { Money } from '../../../ui/money.tsx'
import { problemSentence } from '../../../ui/problem-sentence.ts'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { memo } from '../../../ui/memo.ts'
import { CreditCard, isAboutMoney } from '../credit-card.tsx'
import { readSize, shownSize } from '../state/aspect.ts'
import type { Place } from '../state/job-groups.ts'
import { readJobInput } from '../state/job-input.ts'
import { adviceWords, operationWords, stageWords } from '../state/job-words.ts'
import { PictureTile } from './picture-tile.tsx'
import type { PictureActions } from './picture-tile.tsx'
import { WaitingTile } from './waiting-tile.tsx'

/** What a job may ask of the page. */
export interface JobActions extends PictureActions {
  cancel: (job: Job) => void
  retry: (job: Job) => void
  again: (job: Job) => void
  removeAll: (job: Job) => void
  chooseModel: () => void
}

export interface JobSetProps {
  job: Job
  modelName: string
  places: readonly Place[]
  eager: boolean
  compared: string
  /** A press is on its way. */
  busy: boolean
  actions: JobActions
}

/** One press and what came of it. */
export const JobSet = memo(function JobSet({ job, modelName, places, eager, compared, busy, actions }: JobSetProps) {
  const t = useTranslate()
  const asked = readJobInput(job)
  const ended = hasEnded(job.state)
  const failed = ended && job.state !== 'succeeded'
  const title = asked.prompt || t(operationWords[asked.operation])
  const items: MenuItem[] = [
    { label: t('images.again'), icon: 'refresh', onSelect: () => actions.again(job) },
    ...(job.state === 'succeeded' && places.length > 0
      ? [
          { separator: true } as const,
          {
            label: t('images.remove-all', { count: places.length }),
            icon: 'trash' as const,
            danger: true,
            onSelect: () => actions.removeAll(job),
          },
        ]
      : []),
  ]
  return (
    <article class={failed ? 'images-job is-failed' : 'images-job'} aria-label={title} aria-busy={!ended || undefined}>
      <header class="images-job-head">
        <div class="images-job-words">
          <p class="images-job-prompt" title={title}>
            <bdi>{title}</bdi>
          </p>
          <p class="images-job-facts">
            {asked.prompt !== '' && asked.operation !== 'generate' && <span>{t(operationWords[asked.operation])}</span>}
            <span>
              <bdi>{modelName}</bdi>
            </span>
            {asked.size !== 'auto' && (
              <span>
                <bdi dir="ltr" class="numeric">
                  {shownSize(readSize(asked.size))}
                </bdi>
              </span>
            )}
            <RelativeTime at={job.created_at} />
            <JobCost job={job} />
          </p>
        </div>
        <div class="images-job-ways">
          {!ended && (
            <Button size="sm" icon="stop" busy={busy} onClick={() => actions.cancel(job)}>
              {t('images.cancel')}
            </Button>
          )}
          {failed && (
            <Button size="sm" icon="refresh" busy={busy} onClick={() => actions.retry(job)}>
              {t('images.retry')}
            </Button>
          )}
          <Menu label={t('images.job-more', { title })} icon="more" iconOnly size="sm" items={items} />
        </div>
      </header>
      {failed && <JobFailure job={job} actions={actions} />}
      {!failed && (
        <ul class={places.length === 1 ? 'images-tiles is-single' : 'images-tiles'} role="list">
          {places.map((place) =>
            ended && place.itemId !== null ? (
              <PictureTile
                key={place.key}
                job={job}
                place={{ ...place, itemId: place.itemId }}
                eager={eager}
                single={places.length === 1}
                compared={compared.split(' ').includes(place.itemId)}
                actions={actions}
              />
            ) : (
              <WaitingTile key={place.key} place={place}>
                {place.index === 0 && !ended && <JobProgress job={job} />}
              </WaitingTile>
            ),
          )}
        </ul>
      )}
    </article>
  )
})

/** Held while it runs, charged when it is done, free again where it failed: in one place, so that nothing moves. */
function JobCost({ job }: { job: Job }) {
  const t = useTranslate()
  if (job.cost_micros > 0) return <Money micros={job.cost_micros} />
  if (hasEnded(job.state)) return job.state === 'succeeded' ? null : <span>{t('images.nothing-charged')}</span>
  return (
    <span>
      {t('images.held')} <Money micros={job.held_micros} />
    </span>
  )
}

function JobProgress({ job }: { job: Job }) {
  const t = useTranslate()
  const locale = useLocale()
  const words = t(stageWords(job))
  return (
    <div class="images-progress">
      <progress max={1} value={job.progress ?? undefined} aria-label={words} />
      <p>
        {words}
        {job.progress !== null && (
          <span class="numeric">
            {' '}
            {formatNumber(locale, job.progress, { style: 'percent', maximumFractionDigits: 0 })}
          </span>
        )}
      </p>
    </div>
  )
}

function JobFailure({ job, actions }: { job: Job; actions: JobActions }) {
  const t = useTranslate()
  const locale = useLocale()
  const code = job.error?.code ?? (job.state === 'expired' ? 'job_expired' : 'unknown')
  if (job.state === 'cancelled') return <p class="images-ending">{t('images.cancelled')}</p>
  if (isAboutMoney(code)) return <CreditCard code={code} onChooseModel={actions.chooseModel} />
  const advice = adviceWords(code)
  return (
    <div class="images-ending is-fault">
      <Icon name="alert" size={18} />
      <p>
        {problemSentence(locale, { code })} {advice && t(advice)}
      </p>
      <code class="muted">{code}</code>
    </div>
  )
}
