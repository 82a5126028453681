import { expect, test } from 'vitest'
import { arabiziShare } from './arabizi.ts'
import { detectLanguage } from './detect-language.ts'
import { others, samples } from './samples.ts'

const thresholds: Record<string, number> = {
  ar: 1,
  'ar-Latn': 0.95,
  en: 0.95,
  fr: 0.9,
  es: 0.9,
  de: 0.9,
  tr: 0.9,
  fa: 0.9,
  ur: 0.9,
  id: 0.9,
}

async function score(language: string, texts: string[]) {
  const missed: string[] = []
  for (const text of texts) {
    const detected = await detectLanguage(text)
    if (detected.language !== language) missed.push(`${text} → ${detected.language}`)
  }
  return { language, of: texts.length, right: texts.length - missed.length, missed }
}

test('short messages are told apart by language', async () => {
  const table = []
  for (const [language, texts] of Object.entries(samples)) table.push(await score(language, texts))
  const total = table.reduce((sum, row) => sum + row.of, 0)
  const lines = table.map((row) => `${row.language.padEnd(8)} ${row.right}/${row.of} ${row.missed.join(' | ')}`)
  process.stdout.write(
    `${lines.join('\n')}\n${'all'.padEnd(8)} ${table.reduce((sum, row) => sum + row.right, 0)}/${total}\n`,
  )
  expect(total).toBeGreaterThanOrEqual(120)
  for (const row of table)
    expect(row.right / row.of, `${row.language}: ${row.missed.join(' | ')}`).toBeGreaterThanOrEqual(
      thresholds[row.language]!,
    )
})

test.each(Object.entries(others))('%s is known', async (language, texts) => {
  expect(await score(language, texts)).toMatchObject({ missed: [] })
})

test.each([
  'convert mp3 to mp4',
  '3D printing',
  'h264 or h265',
  'Log4j',
  'python3 and html5',
  'a 2fa code',
  'word2vec',
  'the 3rd day',
  'CO2 and H2O',
  'B2B e2e',
  'iphone7',
  'covid19',
  '7zip',
  'es la 2da vez',
  'le 3ème jour',
  'ps5 vs xbox',
])('“%s” is not Arabic', (text) => {
  expect(arabiziShare(text)).toBeLessThan(0.3)
})

test('too little to tell is taken to be what was spoken before', async () => {
  expect(await detectLanguage('ok', { prior: 'ar' })).toMatchObject({ language: 'ar' })
  expect(await detectLanguage('سلام', { prior: 'fa' })).toMatchObject({ language: 'fa' })
  expect(await detectLanguage('سلام')).toMatchObject({ language: 'ar' })
  expect(await detectLanguage('that is no problem', { prior: 'es' })).toMatchObject({ language: 'en' })
  expect(await detectLanguage('هلا', { prior: 'en' })).toMatchObject({ language: 'ar' })
})

test('a text without words has the language before it, or none', async () => {
  expect(await detectLanguage('12345 😀', { prior: 'ar' })).toMatchObject({ language: 'ar' })
  expect(await detectLanguage('```js\nconst a = 1\n```')).toEqual({ language: null, confidence: 0 })
  expect(await detectLanguage('')).toEqual({ language: null, confidence: 0 })
})

test('confidence is higher for a sentence than for a word', async () => {
  const [word, sentence] = [
    await detectLanguage('hello'),
    await detectLanguage('What is the difference between these two ideas?'),
  ]
  expect(sentence.confidence).toBeGreaterThan(word.confidence)
})

test('a very long text is not read to its end', async () => {
  expect(await detectLanguage(`${'كلام عربي '.repeat(1_000)}${'the end of it '.repeat(10_000)}`)).toMatchObject({
    language: 'ar',
  })
})
