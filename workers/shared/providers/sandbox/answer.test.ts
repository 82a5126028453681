import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { LanguageMessage } from '../spec/language-model.ts'
import { answer, languageOf } from './answer.ts'
import { passages } from './passages.ts'

const user = (text: string): LanguageMessage => ({ role: 'user', content: [{ type: 'text', text }] })
const ask = (...questions: string[]) => answer(questions.map(user))

test.each([
  ['What is Riwaq?', '/en/docs/start'],
  ['How do I make an API key?', '/en/docs/keys'],
  ['how do holds and settlement work', '/en/docs/credit'],
  ['Connect Ollama please', '/en/docs/local-models'],
  ['If I press stop, do I pay?', '/en/docs/chat'],
  ['what are the roles', '/en/docs/organizations'],
  ['set up two-factor', '/en/docs/security'],
  ['too many requests 429', '/en/docs/limits'],
  ['can I use the anthropic sdk', '/en/docs/anthropic'],
  ['deploy to cloudflare', '/en/docs/deploy'],
  ['how do I remove the background of a picture', '/en/docs/images'],
  ['can I restore what I deleted from the library', '/en/docs/library'],
  ['كيف أولّد صورة بنمط معيّن؟', '/ar/docs/images'],
  ['كيف أشارك رابطًا من المكتبة', '/ar/docs/library'],
  ['ما هو رواق؟', '/ar/docs/start'],
  ['كيف أُنشِئ مفتاحًا؟', '/ar/docs/keys'],
  ['كيف يعمل حجز الرصيد', '/ar/docs/credit'],
  ['كم بقي من رصيدي', '/ar/docs/credit'],
  ['كيف أدعو زميلًا إلى المؤسسة', '/ar/docs/organizations'],
  ['هل تدعمون التحقق بخطوتين', '/ar/docs/security'],
  ['كيف أصل Ollama بالمنصة', '/ar/docs/local-models'],
  ['صدّر استهلاكي', '/ar/docs/usage'],
])('“%s” is answered from %s', (question, link) => {
  expect(ask(question)).toContain(`](${link})`)
})

test('every answer says that it comes from the sandbox, in the language of the question', () => {
  for (const question of ['What is Riwaq?', 'hello', 'thanks', 'capital of France?', ''])
    expect(ask(question)).toContain('sandbox')
  for (const question of ['ما هو رواق؟', 'مرحبا', 'شكرا', 'ما عاصمة فرنسا؟'])
    expect(ask(question)).toContain('من البيئة التجريبية')
})

test.each([
  'What is the capital of France?',
  'write me a poem about the sea',
  'اكتب قصيدة عن البحر',
  'ما عاصمة فرنسا؟',
])('what the documentation does not hold is admitted: “%s”', (question) => {
  expect(ask(question)).toMatch(/found nothing|لم أجد شيئًا/)
  expect(ask(question)).toContain('\n- ')
})

test('it does not pose as a real model', () => {
  expect(ask('are you ChatGPT?')).toContain('not a language model')
  expect(ask('هل أنت نموذج حقيقي؟')).toContain('ليس نموذجًا لغويًا')
})

test('a question that leans on the one before is understood with it', () => {
  expect(ask('How do budgets work?', 'and for members?')).toContain('/en/docs/budgets')
})

test('an Arabic question that names things in Latin letters is an Arabic question', () => {
  expect(languageOf('كيف أستعمل مكتبة OpenAI مع رواق؟')).toBe('ar')
  expect(languageOf('How do I write رواق?')).toBe('en')
})

test('every topic is found by its own title in both languages', () => {
  for (const passage of passages) {
    for (const language of ['en', 'ar'] as const) {
      expect(ask(passage[language].title), passage[language].title).toContain(`](/${language}/docs/${passage.page})`)
    }
  }
})

test('nothing about the languages is left untold: each passage has its text in both', () => {
  for (const { en, ar } of passages) {
    expect(en.text.length).toBeGreaterThan(80)
    expect(ar.text).toMatch(/\p{Script=Arabic}{3}/u)
  }
})

test('every link leads to a page of the documentation, in both languages', () => {
  for (const language of ['en', 'ar']) {
    const folder = `${import.meta.dirname}/../../../../docs/${language}`
    const pages = readdirSync(folder).flatMap((file) => {
      const others = /^also: \[(.*)\]$/m.exec(readFileSync(`${folder}/${file}`, 'utf8'))?.[1] ?? ''
      return [file.replace('.md', ''), ...others.split(/,\s*/)]
    })
    for (const { page, en } of passages) expect(pages, en.title).toContain(page)
  }
})
