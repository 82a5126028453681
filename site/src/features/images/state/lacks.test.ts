import { expect, test } from 'vitest'
import { lacksOf, modelFor, operationLack } from './lacks.ts'
import { imageModel } from './testing.ts'

test('a model that can do everything has nothing grey', () => {
  expect(Object.values(lacksOf(imageModel(), 'generate')).filter(Boolean)).toEqual([])
})

test('each thing that a model cannot do has its reason', () => {
  const lacks = lacksOf(
    imageModel({ negative_prompt: false, seed: false, transparency: false, qualities: [], mask: false, max_images: 1 }),
    'generate',
  )
  expect(lacks.negative?.key).toBe('images.lack-negative')
  expect(lacks.seed?.key).toBe('images.lack-seed')
  expect(lacks.count?.key).toBe('images.lack-count')
  expect(lacks.quality?.key).toBe('images.lack-quality')
})

test('what follows its picture has no size to choose', () => {
  expect(lacksOf(imageModel(), 'upscale').size?.key).toBe('images.lack-size')
  expect(lacksOf(imageModel(), 'edit').size).toBeNull()
})

test('where a model cannot, one that can is named, the sandbox last', () => {
  const only = imageModel({ id: 'a/draws', operations: ['generate'], sandbox: false })
  const able = imageModel({ id: 'b/upscales', operations: ['upscale'], sandbox: false })
  expect(operationLack(only, 'upscale')?.key).toBe('images.lack-operation')
  expect(modelFor([only, imageModel(), able], 'upscale')?.id).toBe('b/upscales')
  expect(modelFor([only, imageModel()], 'upscale')?.id).toBe('riwaq/sandbox-image')
  expect(modelFor([only], 'upscale')).toBeNull()
})
