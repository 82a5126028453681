import { expect, test } from 'vitest'
import type { Provenance } from '#shared/contracts/library'
import { emptyDraft } from './draft.ts'
import { draftOfItem, parametersOf } from './item-facts.ts'
import { imageItem } from './testing.ts'

const provenance: Provenance = {
  service: 'images',
  operation: 'edit',
  prompt: 'with a fountain',
  original_prompt: 'مع نافورة',
  negative_prompt: null,
  model: 'riwaq/sandbox-image',
  provider: 'riwaq',
  parameters: {
    size: '1536x1024',
    quality: 'high',
    translate: true,
    mask: 'data:…',
    background: 'auto',
    format: 'webp',
  },
  seed: 42,
  cost_micros: 2_000,
  request_id: 'req_1',
  made_at: 1_000,
  parent_ids: ['itm_a'],
}

test('a picture can be made again from what it remembers', () => {
  expect(draftOfItem(imageItem({ provenance }))).toMatchObject({
    prompt: 'with a fountain',
    original: 'مع نافورة',
    seed: '42',
    size: '1536x1024',
    quality: 'high',
    format: 'webp',
    task: 'edit',
    pictures: [{ id: 'itm_a' }],
  })
  expect(draftOfItem(imageItem())).toEqual(emptyDraft)
})

test('of its parameters those are told that say something', () => {
  expect(parametersOf(imageItem({ provenance }))).toEqual([
    { name: 'size', value: '1536×1024' },
    { name: 'quality', value: 'high' },
    { name: 'format', value: 'webp' },
  ])
})
