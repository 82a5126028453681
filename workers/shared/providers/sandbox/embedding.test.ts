import { expect, test } from 'vitest'
import { createSandboxEmbedding, embedText } from './embedding.ts'

const similarity = (a: string, b: string, dimensions = 512) => {
  const [left, right] = [embedText(a, dimensions), embedText(b, dimensions)]
  return left.reduce((sum, value, at) => sum + value * right[at]!, 0)
}

const library = [
  'How do I create an API key and give it a monthly budget?',
  'The price of a call is held before it starts and settled when it ends.',
  'Conversations can be exported as one file and imported again.',
  'كيف أنشئ مفتاح واجهة برمجية وأحدد له ميزانية شهرية؟',
  'يُحجز سعر الطلب قبل أن يبدأ ويُسوّى حين ينتهي.',
  'يمكن تصدير المحادثات في ملف واحد واستيرادها من جديد.',
]
const nearest = (question: string) => library.toSorted((a, b) => similarity(question, b) - similarity(question, a))[0]

test.each([
  ['creating keys with a budget', 0],
  ['when is the price settled', 1],
  ['export a conversation to a file', 2],
  ['انشاء مفتاح بميزانيه', 3],
  ['متى تتم تسوية سعر الطلب', 4],
  ['تصدير محادثة', 5],
])('a search for “%s” finds its passage', (question, at) => {
  expect(nearest(question)).toBe(library[at])
})

test('what Arabic writers do not distinguish is one vector', () => {
  expect(similarity('إدارةُ الـمفاتيح', 'ادارة المفاتيح')).toBeCloseTo(1, 5)
  expect(similarity('الإدارة', 'إدارة')).toBeCloseTo(1, 5)
})

test('a text is nearest to itself, near to its like and far from what shares nothing with it', () => {
  expect(similarity('settled', 'settled')).toBeCloseTo(1, 5)
  expect(similarity('settlement of a hold', 'settlements of holds')).toBeGreaterThan(0.5)
  expect(Math.abs(similarity('settlement', 'قهوة'))).toBeLessThan(0.15)
})

test.each([1, 8, 256, 2_000])('a vector of %i numbers has length one', (dimensions) => {
  for (const text of ['hello', '—', 'a'.repeat(5_000)]) {
    const vector = embedText(text, dimensions)
    expect(vector).toHaveLength(dimensions)
    expect(Math.hypot(...vector)).toBeCloseTo(1, 4)
  }
})

test('it never changes, so what was stored can still be searched', () => {
  expect(embedText('رواق', 4).map((value) => Number(value.toFixed(4)))).toMatchInlineSnapshot(`
    [
      -0.5121,
      0.5121,
      0,
      -0.6896,
    ]
  `)
})

test('it counts what it reads and answers as short as it is asked to', async () => {
  const { vectors, usage } = await createSandboxEmbedding(512).embed(
    { inputs: ['one two three', 'four'], dimensions: 64, encoding: 'float' },
    { signal: new AbortController().signal },
  )
  expect(vectors.map((vector) => vector.length)).toEqual([64, 64])
  expect(usage!.input_tokens).toBeGreaterThanOrEqual(4)
})
