import * as contract from '#shared/contracts/jobs'
import { jobStates } from '#shared/contracts/jobs'
import { expect, test } from 'vitest'
import { emptyGallery, galleryAfter, newerJob } from './gallery-state.ts'
import type { GalleryEvent } from './gallery-state.ts'
import { hasEnded } from './has-ended.ts'
import { groupJobs, isShown, placesOf, shownPictures } from './job-groups.ts'
import { draftOf, readJobInput } from './job-input.ts'
import { imageItem, imageJob } from './testing.ts'

const after = (...events: GalleryEvent[]) => events.reduce(galleryAfter, emptyGallery)
const page = (own: Partial<Extract<GalleryEvent, { type: 'page' }>>): GalleryEvent => ({
  type: 'page',
  jobs: [],
  items: [],
  complete: true,
  cursor: null,
  ...own,
})
const done = imageJob({ state: 'succeeded', item_ids: ['itm_10', 'itm_11'], input: { count: 2, size: '1536x1024' } })

test('a job that has ended is not begun again by what overtook its end', () => {
  expect(newerJob(done, imageJob({ state: 'running' }))).toBe(done)
  expect(newerJob(imageJob({ state: 'running', attempts: 2 }), imageJob({ attempts: 1 })).attempts).toBe(2)
  expect(newerJob(imageJob({ progress: 0.6 }), imageJob({ progress: 0.4 })).progress).toBe(0.6)
  expect(newerJob(imageJob(), imageJob({ state: 'running' })).state).toBe('running')
})

test('the newest job stands first, and none twice', () => {
  const state = after(page({ jobs: [imageJob()] }), { type: 'job', job: imageJob({ id: 'job_2', created_at: 2_000 }) })
  expect(state.jobs.map(({ id }) => id)).toEqual(['job_2', 'job_1'])
  expect(galleryAfter(state, page({ jobs: [imageJob()] })).jobs).toHaveLength(2)
})

test('places have their shape before anything is known of their pictures', () => {
  const job = imageJob({ input: { count: 3, size: '1536x1024' } })
  const places = placesOf(job, after(page({ jobs: [job] })))
  expect(places).toHaveLength(3)
  expect(places[0]).toMatchObject({ width: 1536, height: 1024, itemId: null })
})

test('what was deleted leaves no place, and its job goes with its last picture', () => {
  const state = after(page({ jobs: [done], items: [imageItem()] }))
  expect(placesOf(done, state).map(({ itemId }) => itemId)).toEqual(['itm_10'])
  const empty = galleryAfter(state, { type: 'gone', ids: ['itm_10'] })
  expect(isShown(done, empty)).toBe(false)
  expect(isShown(imageJob({ state: 'failed' }), empty)).toBe(true)
  expect(isShown(done, galleryAfter(empty, { type: 'items', items: [imageItem()] }))).toBe(true)
})

test('where the list of pictures could not be had, none is taken for deleted', () => {
  expect(shownPictures(after(page({ jobs: [done], complete: false })))).toHaveLength(2)
})

test('a picture that is not final is shown until its job has ended', () => {
  const job = imageJob({ state: 'running' })
  const state = after(page({ jobs: [job] }), { type: 'preview', jobId: job.id, index: 0, url: 'data:1' })
  expect(placesOf(job, state)[0]?.preview).toBe('data:1')
  const ended = galleryAfter(state, { type: 'job', job: { ...job, state: 'failed' } })
  expect(ended.previews.size).toBe(0)
  expect(galleryAfter(ended, { type: 'preview', jobId: job.id, index: 0, url: 'data:2' }).previews.size).toBe(0)
})

test('jobs stand under their day', () => {
  const noon = new Date(2026, 10, 22, 12).getTime()
  const hour = 3_600_000
  const jobs = [0, 11, 13, 30, 40, 70].map((hours, index) =>
    imageJob({ id: `job_${index}`, created_at: noon - hours * hour }),
  )
  const days = groupJobs(jobs, noon)
  expect(days.map(({ kind, jobs: own }) => [kind, own.length])).toEqual([
    ['today', 2],
    ['yesterday', 2],
    ['day', 1],
    ['day', 1],
  ])
})

test('a row of any age can be used again', () => {
  expect(readJobInput({ kind: 'upscale', input: {} })).toMatchObject({ operation: 'upscale', prompt: '', count: 1 })
  const draft = draftOf(
    imageJob({
      kind: 'edit',
      input: { operation: 'edit', prompt: 'x', seed: 7, item_ids: ['itm_a', 4], format: 'webp', compression: 80 },
    }),
  )
  expect(draft).toMatchObject({
    prompt: 'x',
    seed: '7',
    task: 'edit',
    format: 'webp',
    compression: '80',
    pictures: [{ id: 'itm_a' }],
  })
  expect(draftOf(imageJob(), { seed: 9 }).seed).toBe('9')
})

test('the page and the platform agree on what has ended', () => {
  for (const state of jobStates) expect(hasEnded(state)).toBe(contract.hasEnded(state))
})
