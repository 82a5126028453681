import { expect, test } from 'vitest'
import { ImageStyle } from '#shared/contracts/images'
import { Problem } from '#shared/http/problems'
import { applyStyle } from './apply-style.ts'
import { styles } from './styles.ts'

const ARABIC = /\p{Script=Arabic}/u

test('every style is told in both languages, once, with colours to know it by', () => {
  expect(new Set(styles.map(({ id }) => id)).size).toBe(styles.length)
  for (const style of styles) {
    expect(ImageStyle.safeParse(style).success).toBe(true)
    expect(style.colours.length).toBeGreaterThanOrEqual(2)
    for (const both of [style.name, style.description, style.words, ...(style.without ? [style.without] : [])]) {
      expect(both.ar).toMatch(ARABIC)
      expect(both.en).not.toMatch(ARABIC)
    }
  }
})

test('a style speaks the language of the prompt', () => {
  const words = { style: 'watercolour', takesNegative: false }
  expect(applyStyle({ prompt: 'a cat', language: 'en', ...words }).prompt).toMatch(/^a cat, watercolour painting/)
  expect(applyStyle({ prompt: 'قطة', language: 'ar', ...words }).prompt).toMatch(/^قطة، لوحة بالألوان المائية/)
  expect(applyStyle({ prompt: 'qitta 7elwa', language: 'ar-Latn', ...words }).prompt).toContain('watercolour')
})

test('what a style leaves out is said only to a model that can be told', () => {
  const asked = { prompt: 'a shoe', style: 'product', language: 'en' }
  expect(applyStyle({ ...asked, takesNegative: true }).negativePrompt).toBe('clutter, people, text')
  expect(applyStyle({ ...asked, negativePrompt: 'rain', takesNegative: true }).negativePrompt).toBe(
    'rain, clutter, people, text',
  )
  expect(applyStyle({ ...asked, takesNegative: false }).negativePrompt).toBeNull()
})

test('without a style nothing is added, and an unknown one is named', () => {
  expect(applyStyle({ prompt: 'a cat', language: 'en', takesNegative: true })).toEqual({
    prompt: 'a cat',
    negativePrompt: null,
  })
  expect(() => applyStyle({ prompt: 'a cat', style: 'cubism', language: 'en', takesNegative: true })).toThrow(Problem)
})
