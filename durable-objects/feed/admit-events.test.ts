import { expect, test } from 'vitest'
import type { FeedEvent } from '#shared/contracts/feed'
import { fullBucket } from '#shared/lib/token-bucket'
import { admitEvents, MOST_PREVIEW_CHARACTERS } from './admit-events.ts'

const quiet = { previews: fullBucket, others: fullBucket }
const preview = (base64 = 'AA=='): FeedEvent => ({
  type: 'preview',
  job_id: 'job_a',
  index: 0,
  media_type: 'image/png',
  base64,
})
const gone: FeedEvent = { type: 'item.gone', id: 'itm_a' }

test('what a page can use is passed on in its order', () => {
  expect(admitEvents([gone, preview(), gone], quiet, 0).admitted.map(({ type }) => type)).toEqual([
    'item.gone',
    'preview',
    'item.gone',
  ])
})

test('too many previews are left out, and nothing else with them', () => {
  const storm = [...Array.from({ length: 100 }, () => preview()), gone]
  const { admitted, load } = admitEvents(storm, quiet, 0)
  expect(admitted.filter(({ type }) => type === 'preview')).toHaveLength(60)
  expect(admitted.at(-1)).toEqual(gone)
  expect(admitEvents([preview()], load, 100).admitted).toEqual([])
  expect(admitEvents([preview()], load, 10_000).admitted).toHaveLength(1)
})

test('a flood of words is cut as well', () => {
  expect(
    admitEvents(
      Array.from({ length: 700 }, () => gone),
      quiet,
      0,
    ).admitted,
  ).toHaveLength(600)
})

test('a preview that no browser could swallow is left out', () => {
  expect(admitEvents([preview('A'.repeat(MOST_PREVIEW_CHARACTERS + 1))], quiet, 0).admitted).toEqual([])
})
