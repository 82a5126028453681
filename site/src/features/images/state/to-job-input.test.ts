import { ImageJobInput } from '#shared/contracts/images'
import { expect, test } from 'vitest'
import { emptyDraft, noExtension, operationOf } from './draft.ts'
import type { Draft } from './draft.ts'
import { imageModel } from './testing.ts'
import { toEstimateInput, toJobInput } from './to-job-input.ts'

const picture = { id: 'itm_a', width: 1024, height: 768 }
const draft = (own: Partial<Draft> = {}): Draft => ({ ...emptyDraft, prompt: 'A courtyard', ...own })
const asked = (own: Partial<Draft>, model = imageModel()) => toJobInput(draft(own), model)

test('what is there says what is meant', () => {
  expect(operationOf(draft())).toBe('generate')
  expect(operationOf(draft({ pictures: [picture] }))).toBe('edit')
  expect(operationOf(draft({ pictures: [picture], prompt: '  ' }))).toBe('variation')
  expect(operationOf(draft({ pictures: [picture], task: 'upscale' }))).toBe('upscale')
  expect(operationOf(draft({ task: 'upscale' }))).toBe('generate')
})

test('what is asked is what the platform takes', () => {
  for (const own of [
    {},
    { pictures: [picture], mask: 'data:image/png;base64,AAAA' },
    { pictures: [picture], task: 'outpaint' as const, extension: { ...noExtension, right: 64 } },
    { pictures: [picture], task: 'upscale' as const, scale: 4 as const },
    { seed: '٤٢', format: 'webp' as const, compression: '80', negative: 'people' },
  ]) {
    const { input, faults } = asked(own)
    expect(faults).toEqual([])
    expect(ImageJobInput.safeParse(input).success).toBe(true)
    expect(ImageJobInput.safeParse(toEstimateInput(input!)).success).toBe(true)
  }
})

test('a seed may be typed in Arabic digits, and is told where it is none', () => {
  expect(asked({ seed: '٤٢' }).input?.seed).toBe(42)
  expect(asked({ seed: 'lucky' }).faults).toEqual(['seed'])
  expect(asked({ seed: '4294967296' }).faults).toEqual(['seed'])
})

test('what a model cannot do is not asked of it, and stays in the draft', () => {
  const plain = imageModel({
    seed: false,
    negative_prompt: false,
    transparency: false,
    mask: false,
    qualities: [],
    max_images: 1,
  })
  const { input, faults } = asked(
    {
      seed: 'whatever',
      negative: 'people',
      background: 'transparent',
      quality: 'high',
      count: 4,
      pictures: [picture],
      mask: 'data:image/png;base64,AAAA',
    },
    plain,
  )
  expect(faults).toEqual([])
  expect(input).toMatchObject({
    seed: null,
    negative_prompt: null,
    background: 'auto',
    quality: null,
    count: 1,
    mask: null,
  })
})

test('a JPEG is never asked to be transparent', () => {
  expect(asked({ background: 'transparent', format: 'jpeg' }).input?.background).toBe('auto')
  expect(asked({ background: 'transparent' }).input?.background).toBe('transparent')
})

test('why nothing can be made yet, the first thing first', () => {
  expect(toJobInput(draft(), null).faults).toEqual(['model'])
  expect(asked({ prompt: ' ' }).faults).toEqual(['prompt'])
  expect(asked({ prompt: 'x'.repeat(5_000) }).faults).toEqual(['prompt-long'])
  expect(asked({ pictures: [picture] }, imageModel({ operations: ['generate'] })).faults).toEqual(['operation'])
  expect(asked({ pictures: Array.from({ length: 5 }, () => picture) }).faults).toEqual(['pictures'])
  expect(asked({ pictures: [picture], task: 'outpaint' }).faults).toEqual(['extension'])
  expect(toJobInput(draft(), imageModel(), true).faults).toEqual(['uploading'])
})

test('a typed size must fit the range of its model', () => {
  const sizes = { kind: 'range' as const, sizes: [], min: 256, max: 2048, step: 64, max_pixels: null }
  expect(asked({ size: '1000x1024' }, imageModel({ sizes })).faults).toEqual(['size'])
  expect(asked({ size: '960x1024' }, imageModel({ sizes })).faults).toEqual([])
})

test('the words of a picture that needs none are not sent along', () => {
  const { input } = asked({ pictures: [picture], task: 'remove-background', negative: 'x', style: 'ink' })
  expect(input).toMatchObject({ prompt: '', negative_prompt: null, style: null, size: 'auto' })
})
