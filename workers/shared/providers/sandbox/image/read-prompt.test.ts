import { expect, test } from 'vitest'
import { brightnessOf } from './colour.ts'
import { paletteOf } from './palette.ts'
import { createRandom } from './random.ts'
import { readPrompt, styles } from './read-prompt.ts'

test.each([
  ['a snowy peak', 'جبال مغطّاة بالثُّلوج', 'mountains'],
  ['a boat on the sea', 'قاربٌ في البحر', 'sea'],
  ['camels in the dunes', 'قافلة جِمال في الكثبان', 'desert'],
  ['an old town', 'حارة في دمشق', 'city'],
  ['tall trees', 'أشجارٌ عالية', 'forest'],
  ['roses', 'وردة جميلة', 'garden'],
  ['a far planet', 'كوكب بعيد', 'space'],
  ['a man’s portrait', 'صورة شخصية لرجل', 'portrait'],
  ['two kittens', 'قطّة نائمة', 'cat'],
  ['zellij tiles', 'زخرفة من الفسيفساء', 'pattern'],
  ['calligraphy', 'عبارة بخطّ كبير', 'calligraphy'],
  ['abstract circles', 'لوحة تجريدية', 'abstract'],
])('“%s” and «%s» speak of the same', (english, arabic, subject) => {
  expect(readPrompt(english).subject).toBe(subject)
  expect(readPrompt(arabic).subject).toBe(subject)
})

test('what is spoken of first is what is seen: the words of a style come after it', () => {
  expect(readPrompt('a forest, flat vector illustration, simple geometric shapes').subject).toBe('forest')
  expect(readPrompt('مسجد، زخرفة هندسية إسلامية، بلاط فيروزي وذهبي').subject).toBe('city')
})

test.each([
  ['at dawn', 'عند الفجر', 'dawn'],
  ['at noon', 'في النهار', 'day'],
  ['before dusk', 'قبيل الغروب', 'sunset'],
  ['under the stars', 'تحت النجوم', 'night'],
])('“%s” and «%s» are the same hour', (english, arabic, hour) => {
  expect([readPrompt(english).hour, readPrompt(arabic).hour]).toEqual([hour, hour])
})

test('two colours are taken, in the order in which they are named', () => {
  expect(readPrompt('blue and red and green').colours).toEqual(readPrompt('أزرق وأحمر وأخضر').colours)
  expect(readPrompt('blue and red and green').colours).toHaveLength(2)
})

test('a prompt that speaks of nothing known says nothing', () => {
  expect(readPrompt('qwerty ٣٤٥ !!')).toEqual({
    subject: null,
    hour: null,
    style: null,
    colours: [],
    details: new Set(),
    without: new Set(),
  })
})

test('what is not wanted is left away, though it was asked for', () => {
  const { details, without } = readPrompt('snow and rain', 'rain, birds, text')
  expect([...details]).toEqual(['snow'])
  expect([...without].toSorted()).toEqual(['birds', 'rain', 'words'])
  expect(readPrompt('بحر', 'بلا كتابة').without.has('words')).toBe(true)
})

test('a night is dark and a day is not, whatever the seed', () => {
  for (let seed = 0; seed < 20; seed++) {
    const [night, day] = ['sea at night', 'sea by day'].map((prompt) =>
      paletteOf(readPrompt(prompt), createRandom(seed)),
    )
    expect(night!.isDark).toBe(true)
    expect(brightnessOf(night!.sky[0])).toBeLessThan(brightnessOf(day!.sky[0]))
  }
})

test('a red desert reddens the sky, a red rose does not', () => {
  const skyOf = (prompt: string) => paletteOf(readPrompt(prompt), createRandom(1)).sky[1]
  const redOf = (colour: string) => Number.parseInt(colour.slice(1, 3), 16)
  expect(redOf(skyOf('desert by day, red'))).toBeGreaterThan(redOf(skyOf('a rose by day, red')))
})

test.each(styles)('%s has colours of its own', (style) => {
  const plain = paletteOf(readPrompt('sea at dawn'), createRandom(2))
  const styled = paletteOf({ ...readPrompt('sea at dawn'), style }, createRandom(2))
  if (style === 'pixel') expect(styled).toEqual(plain)
  else expect(styled).not.toEqual(plain)
  for (const colour of [...styled.sky, styled.far, styled.near, styled.light, styled.accent, styled.other])
    expect(colour).toMatch(/^#[\da-f]{6}$/)
})
