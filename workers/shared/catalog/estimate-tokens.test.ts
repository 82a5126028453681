import { describe, expect, test } from 'vitest'
import type { LanguageRequest } from '../providers/spec/language-model.ts'
import { estimateRequestTokens, estimateTextTokens, sizeRequest } from './estimate-tokens.ts'
import { weighText } from './token-weights.ts'

const say = (text: string): LanguageRequest => ({ messages: [{ role: 'user', content: [{ type: 'text', text }] }] })
const contextTokens = 400_000
const openai = { vendor: 'openai', contextTokens } as const

/** Texts with their length in o200k tokens, counted once with a tokenizer. */
const counted: [string, string, number][] = [
  [
    'English',
    'The balance of an organization is held in one object, so that nothing is spent that was not there. '.repeat(20),
    421,
  ],
  [
    'Arabic',
    'يمكن للمؤسسات أن تدعو أعضاءها وأن تحدد ميزانية لكل عضو ومفتاح، كما يمكن للمطورين أن يستعملوا واجهة برمجية متوافقة. '.repeat(
      20,
    ),
    761,
  ],
  ['Arabic with its vowels', 'وَمَا أَدْرَاكَ مَا الْعَقَبَةُ فَكُّ رَقَبَةٍ أَوْ إِطْعَامٌ فِي يَوْمٍ ذِي مَسْغَبَةٍ يَتِيمًا ذَا مَقْرَبَةٍ '.repeat(20), 1_481],
  [
    'Chinese',
    '我们正在开发一个支持阿拉伯语和英语的人工智能平台，用户可以与模型对话并查看每次回答的费用。'.repeat(40),
    1_200,
  ],
  ['emoji of families', '👨‍👩‍👧‍👦🏳️‍🌈👩🏽‍💻'.repeat(200), 4_800],
]

describe('the ceiling', () => {
  test.each(counted)('is not below what a tokenizer counts: %s', (_, text, tokens) => {
    expect(weighText(text).ceiling).toBeGreaterThanOrEqual(tokens)
  })

  test('is not below the estimate, which may be charged, whatever the text', () => {
    for (const text of [
      '',
      ' '.repeat(500),
      '\n'.repeat(500),
      'ж'.repeat(500),
      'a'.repeat(500),
      'é',
      '\u0000\ud800',
      'अ'.repeat(99),
      ...counted.map(([, sample]) => sample),
    ]) {
      for (const vendor of ['openai', 'anthropic', 'riwaq'] as const) {
        expect(sizeRequest(say(text), { vendor, contextTokens }).ceiling).toBeGreaterThanOrEqual(
          estimateRequestTokens(say(text)),
        )
      }
    }
  })

  test('is high for what is dear: base64, digits, marks', () => {
    const dear = (text: string) => weighText(text).ceiling / text.length
    expect(dear('aGVsbG8gd29ybGQhIFRoaXMgaXMgYmFzZTY0'.repeat(20))).toBeGreaterThan(0.6)
    expect(dear('9'.repeat(100))).toBeGreaterThan(0.7)
    expect(dear('!@#$%^&*'.repeat(20))).toBeGreaterThan(0.7)
  })

  test('covers a vendor whose tokenizer is finer', () => {
    expect(sizeRequest(say('word '.repeat(500)), { vendor: 'anthropic', contextTokens }).ceiling).toBeGreaterThan(
      sizeRequest(say('word '.repeat(500)), openai).ceiling * 1.3,
    )
  })

  test('covers the largest picture that the vendor takes, wherever it stands', () => {
    const image = { type: 'image', source: { kind: 'url', url: 'https://example.com/a.png' } } as const
    const shown: LanguageRequest = {
      messages: [{ role: 'user', content: [image, { type: 'tool-result', callId: 'c', content: [image] }] }],
    }
    expect(sizeRequest(shown, openai).ceiling).toBeGreaterThan(20_000)
    expect(sizeRequest(shown, { ...openai, imageTokens: 48_200 }).ceiling).toBeGreaterThan(96_400)
    expect(
      sizeRequest({ messages: [{ role: 'user', content: [{ ...image, detail: 'low' }] }] }, openai).ceiling,
    ).toBeLessThan(500)
  })

  test('counts tools, schemas, calls and their results', () => {
    const bare = sizeRequest(say('Hi'), openai).ceiling
    const parameters = { type: 'object', properties: { city: { type: 'string', description: 'Where?'.repeat(50) } } }
    expect(sizeRequest({ ...say('Hi'), tools: [{ name: 'f', parameters }] }, openai).ceiling).toBeGreaterThan(
      bare + 700,
    )
    expect(
      sizeRequest({ ...say('Hi'), responseFormat: { type: 'json-schema', name: 'n', schema: parameters } }, openai)
        .ceiling,
    ).toBeGreaterThan(bare + 100)
    const called: LanguageRequest = {
      messages: [
        { role: 'assistant', content: [{ type: 'tool-call', id: 'c', name: 'f', input: '{"city":"Cairo"}' }] },
      ],
    }
    expect(sizeRequest(called, openai).ceiling).toBeGreaterThan(50)
  })
})

describe('the estimate', () => {
  test.each([
    ['', 0],
    ['four', 1],
    ['five5', 2],
    ['رواق', 2],
    ['你好', 2],
  ])('of %j is %i', (text, tokens) => {
    expect(estimateTextTokens(text)).toBe(tokens)
  })

  test('grows with every message by what it says and its frame', () => {
    const one = say('Hi')
    expect(estimateRequestTokens({ messages: [...one.messages, ...one.messages] })).toBe(estimateRequestTokens(one) + 4)
  })
})

describe('what is not text', () => {
  const file = (data: string): LanguageRequest => ({
    messages: [{ role: 'user', content: [{ type: 'file', mediaType: 'application/pdf', data }] }],
  })
  const sound = (seconds: number, format: 'wav' | 'mp3'): LanguageRequest => ({
    messages: [
      {
        role: 'user',
        content: [{ type: 'audio', format, data: 'A'.repeat((seconds * (format === 'wav' ? 32_000 : 8_000) * 4) / 3) }],
      },
    ],
  })
  const pdf = (pages: number) => btoa(`%PDF-1.4 ${'<< /Type /Page /Parent 1 0 R >> '.repeat(pages)}`)

  test('a file is its pages, and never more than the model reads', () => {
    expect(sizeRequest(file(pdf(3)), openai)).toMatchObject({ expected: 3 + 4 + 7_500 })
    expect(sizeRequest(file(pdf(3)), openai).ceiling).toBeGreaterThanOrEqual(24_000)
    expect(sizeRequest(file(pdf(3)), { ...openai, contextTokens: 10_000 }).ceiling).toBeLessThan(10_100)
  })

  test.each(['wav', 'mp3'] as const)('a second of %s is ten tokens, apart from the text', (format) => {
    const { expected, ceiling, audioCeiling } = sizeRequest(sound(30, format), openai)
    expect(expected).toBe(3 + 4 + 300)
    expect(audioCeiling).toBeGreaterThanOrEqual(300)
    expect(ceiling).toBeLessThan(100)
  })
})
