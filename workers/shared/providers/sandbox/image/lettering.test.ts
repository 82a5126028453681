import { beforeAll, expect, test } from 'vitest'
import { SIGNATURE, wordsToShow } from './caption.ts'
import { compose } from './compose.ts'
import type { SandboxDrawing } from './drawing.ts'
import { cleanWords, fitLines, isRightToLeft, lineMarkup, wrapLines } from './lettering.ts'
import { subjects } from './read-prompt.ts'
import { createTestDrawing } from './testing.ts'

let draw: SandboxDrawing
beforeAll(async () => {
  draw = await createTestDrawing()
})

const line = (text: string, rightToLeft: boolean) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="120">${lineMarkup({ text, x: rightToLeft ? 880 : 20, y: 80, size: 48, weight: 700, anchor: rightToLeft ? 'end' : 'start', fill: '#000000', rightToLeft })}</svg>`

/** Columns with ink in them, as runs: what hangs together is one. */
async function runsOf(svg: string): Promise<[number, number][]> {
  const { width, height, rgba } = await draw.toPixels(svg)
  const runs: [number, number][] = []
  for (let x = 0; x < width; x++) {
    const inked = Array.from({ length: height }, (_, y) => rgba[(y * width + x) * 4 + 3]!).some((alpha) => alpha > 40)
    if (!inked) continue
    if (runs.at(-1)?.[1] === x - 1) runs.at(-1)![1] = x
    else runs.push([x, x])
  }
  return runs
}

test('Arabic letters join, as they do not where something keeps them apart', async () => {
  const joined = await runsOf(line('سلسبيل', true))
  const apart = await runsOf(line('س\u200cل\u200cس\u200cب\u200cي\u200cل', true))
  expect(joined).toHaveLength(1)
  expect(apart.length).toBeGreaterThan(3)
})

test('a line of Arabic begins on the right and ends on the left, with what is Latin in it the right way round', async () => {
  const runs = await runsOf(line('بيت A', true))
  const [left, right] = [runs[0]!, runs.at(-1)!]
  expect(right[1]).toBeGreaterThan(860)
  const latin = await runsOf(line('A', false))
  expect(left[1] - left[0]).toBeCloseTo(latin[0]![1] - latin[0]![0], -0.5)
  expect(isRightToLeft('بيت A')).toBe(true)
  expect(isRightToLeft('A بيت')).toBe(false)
  expect(isRightToLeft('«2026» بيت')).toBe(true)
})

test('a full stop closes an Arabic line on its left', async () => {
  const [with_, without] = [await runsOf(line('نهاية.', true)), await runsOf(line('نهاية', true))]
  expect(with_[0]![0]).toBeLessThan(without[0]![0])
  expect(with_[0]![1] - with_[0]![0]).toBeLessThan(10)
})

test('lines end between words, never inside one or before its comma, and lose nothing', async () => {
  const text = 'قافلة من الجمال، تعبر كثبان الصحراء الذهبية قبل المغيب، نحو واحة بعيدة'
  const lines = await wrapLines(draw, text, { size: 40, weight: 400, maxWidth: 420 })
  expect(lines.length).toBeGreaterThan(2)
  expect(lines.map(({ text: words }) => words).join(' ')).toBe(text)
  for (const { text: words, width } of lines) {
    expect(width).toBeLessThanOrEqual(420)
    expect(words).not.toMatch(/^[،,.]/)
  }
})

test('what is too long is set smaller, and cut with a sign of it where that is not enough', async () => {
  const words = cleanWords(Array(60).fill('كلمة').join(' '))
  expect(Array.from(words).length).toBeLessThanOrEqual(161)
  expect(words.endsWith('…')).toBe(true)
  const { lines, size } = await fitLines(draw, words, { size: 60, weight: 700, maxWidth: 300, maxLines: 2 })
  expect(lines).toHaveLength(2)
  expect(size).toBeLessThan(60)
  expect(lines[1]!.text.endsWith('…')).toBe(true)
  const one = await fitLines(draw, 'x'.repeat(80), { size: 60, weight: 700, maxWidth: 300, maxLines: 2 })
  const drawn = await draw.bounds(line(one.lines[0]!.text, false).replace('font-size="48"', `font-size="${one.size}"`))
  expect(drawn!.width).toBeLessThanOrEqual(310)
})

test.each([
  ['  a\n\tcat ', 'a cat'],
  ['a\u0000\u0007\u202ecat\u2067', 'acat'],
  ['می\u200cخواهم', 'می\u200cخواهم'],
  ['قطة 🐈 جميلة 👩‍👩‍👧', 'قطة جميلة'],
  ['漢字 cat', 'cat'],
  ['\ud800 broken', 'broken'],
  ['!!! ???', ''],
  ['', ''],
  ['🐈', ''],
])('of %j %j is shown', (prompt, shown) => {
  expect(cleanWords(prompt)).toBe(shown)
})

test('what is in quotation marks is what is to be read', () => {
  expect(wordsToShow('لوحة عليها «العلم نور» بخط كبير')).toBe('العلم نور')
  expect(wordsToShow('a poster that says “Open late”')).toBe('Open late')
  expect(wordsToShow('a poster')).toBe('a poster')
})

const hostile = [
  '</text><script>alert(1)</script>',
  '"/><image href="https://evil.example/x.png"/>',
  `' onload='x`,
  '<!ENTITY x SYSTEM "file:///etc/passwd">&x;',
  ']]><svg onload=alert(1)>',
  '&#60;rect/&#62; &amp; &lt;',
  'url(#d0) javascript:alert(1)',
  '\u0000\u0001\ufffe\uffff\ud800x',
]

const KNOWN = /^<\/?(svg|defs|\w*Gradient|stop|path|rect|circle|ellipse|g|text|clipPath)\b[^<>]*>$/

test.each(hostile)('nothing of %j becomes markup', async (prompt) => {
  for (const words of [prompt, `«${prompt}» calligraphy`]) {
    const svg = await compose({ width: 300, height: 300, prompt: words, seed: 1 }, draw)
    const tags = svg.match(/<[^>]*>/g) ?? []
    expect(tags.filter((tag) => !KNOWN.test(tag) || /href|\son\w+=|script/i.test(tag))).toEqual([])
    expect(svg.replaceAll(/<[^>]*>/g, '')).not.toMatch(/["'<>]|&(?!#\d+;)/)
    expect((await draw.toPng(svg)).length).toBeGreaterThan(100)
  }
})

test.each(subjects)('a picture of %s says whose it is, in both languages, whatever its shape', async (subject) => {
  for (const [width, height] of [
    [320, 200],
    [200, 320],
  ] as const) {
    const svg = await compose({ width, height, prompt: subject, seed: 2 }, draw)
    expect(svg.includes(SIGNATURE)).toBe(true)
    expect(/NaN|undefined|Infinity/.exec(svg)).toBeNull()
  }
})
