import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import type { Job } from '#shared/contracts/jobs'
import { translator } from '../../../i18n/translate.ts'
import { island } from '../../../ui/locale-context.tsx'
import { emptyGallery, galleryAfter } from '../state/gallery-state.ts'
import { placesOf } from '../state/job-groups.ts'
import { imageItem, imageJob } from '../state/testing.ts'
import { JobSet } from './job-set.tsx'
import type { JobActions, JobSetProps } from './job-set.tsx'

const nothing = () => {}
const actions: JobActions = {
  open: nothing,
  favourite: nothing,
  edit: nothing,
  vary: nothing,
  compare: nothing,
  cancel: nothing,
  retry: nothing,
  again: nothing,
  removeAll: nothing,
  chooseModel: nothing,
}
const Shown = island<JobSetProps>(JobSet)
const shown = (job: Job, locale = 'en') => {
  const state = galleryAfter(emptyGallery, {
    type: 'page',
    jobs: [job],
    items: [imageItem()],
    complete: true,
    cursor: null,
  })
  return renderToString(
    <Shown
      locale={locale}
      job={job}
      modelName="Painter"
      places={placesOf(job, state)}
      eager
      compared=""
      busy={false}
      actions={actions}
    />,
  )
}

test.each(['en', 'ar'])('%s: a running job says where it is, what is held, and can be cancelled', (locale) => {
  const t = translator(locale)
  const html = shown(imageJob({ state: 'running', stage: 'making', progress: 0.4 }), locale)
  expect(html).toContain(t('images.stage-making'))
  expect(html).toContain(t('images.held'))
  expect(html).toContain(t('images.cancel'))
  expect(html).toContain('--ratio:1')
})

test('a job that failed says why in the reader’s words, what to do, and that nothing was charged', () => {
  const t = translator('en')
  const html = shown(imageJob({ state: 'failed', error: { code: 'content_rejected', message: 'no', param: null } }))
  expect(html).toContain(t('images.advice-prompt'))
  expect(html).toContain(t('images.nothing-charged'))
  expect(html).toContain(t('images.retry'))
  expect(html).toContain('content_rejected')
})

test('a cancelled job is no failure', () => {
  const html = shown(imageJob({ state: 'cancelled' }))
  expect(html).toContain(translator('en')('images.cancelled'))
  expect(html).not.toContain('is-fault')
})

test('a job for want of credit leads to credit', () => {
  const html = shown(imageJob({ state: 'failed', error: { code: 'insufficient_credits', message: '', param: null } }))
  expect(html).toContain(translator('en')('images.credit-title'))
})

test('a finished job shows its pictures by name, what it cost, and nothing of cancelling', () => {
  const html = shown(imageJob({ state: 'succeeded', item_ids: ['itm_10'], cost_micros: 2_000 }))
  expect(html).toContain('/api/library/items/itm_10/file?rendition=thumbnail')
  expect(html).toContain('$0.002')
  expect(html).not.toContain(translator('en')('images.cancel'))
})
