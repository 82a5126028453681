import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { translator } from '../../../i18n/translate.ts'
import { island } from '../../../ui/locale-context.tsx'
import { emptyDraft } from '../state/draft.ts'
import type { Draft } from '../state/draft.ts'
import { imageModel } from '../state/testing.ts'
import { OptionsPanel } from './options-panel.tsx'

const Panel = island(OptionsPanel)
const style = {
  id: 'ink',
  name: { en: 'Ink drawing', ar: 'رسم بالحبر' },
  description: { en: 'Pen and ink', ar: 'ريشة وحبر' },
  colours: ['#000000'],
}
const panel = ({ locale = 'en', model = imageModel(), draft = {} as Partial<Draft> } = {}) =>
  renderToString(
    <Panel locale={locale} draft={{ ...emptyDraft, ...draft }} model={model} styles={[style]} onChange={() => {}} />,
  )
const incapable = imageModel({
  seed: false,
  negative_prompt: false,
  transparency: false,
  qualities: [],
  max_images: 1,
  auto_size: false,
})

test.each(['en', 'ar'])('%s: what a model cannot do is grey and says why', (locale) => {
  const t = translator(locale)
  const html = panel({ locale, model: incapable })
  for (const key of [
    'images.lack-seed',
    'images.lack-negative',
    'images.lack-transparency',
    'images.lack-quality',
    'images.lack-count',
  ] as const)
    expect(html).toContain(t(key))
  expect(html.match(/disabled/g)?.length).toBeGreaterThanOrEqual(5)
  expect(panel({ locale })).not.toMatch(/lack/)
})

test('sizes are shapes, and those of a list are all there are', () => {
  const html = panel({ model: incapable })
  expect(html).toContain('1:1')
  expect(html).toContain('1536×1024')
  expect(html).not.toContain('stroke-dasharray')
  expect(html).not.toContain(translator('en')('images.size-own'))
})

test('a range of sizes takes any that fits, and says what does not', () => {
  const sizes = {
    kind: 'range' as const,
    sizes: ['1024x1024'],
    min: 256,
    max: 2_048,
    step: 64,
    max_pixels: null,
  }
  const html = panel({ model: imageModel({ sizes }), draft: { size: '1000x1024' } })
  expect(html).toContain(translator('en')('images.size-fault-step', { step: '64' }))
})

test('styles go by their names in the reader’s language', () => {
  expect(panel({ locale: 'ar' })).toContain('رسم بالحبر')
  expect(panel({ locale: 'en' })).toContain('Ink drawing')
})

test('what needs no words asks for none, and follows its picture', () => {
  const html = panel({ draft: { pictures: [{ id: 'itm_a', width: 1, height: 1 }], task: 'upscale' } })
  expect(html).not.toContain('Ink drawing')
  expect(html).toContain(translator('en')('images.lack-size'))
})

test('how strongly a file is compressed is asked where it can be', () => {
  const label = translator('en')('images.compression')
  expect(panel()).not.toContain(label)
  expect(panel({ draft: { format: 'webp', compression: 'much' } })).toContain(
    translator('en')('images.fault-compression'),
  )
})
