import { expect, test } from 'vitest'
import { moderationCategories, type ModerationCategory } from '../../spec/moderation-model.ts'
import { createSandboxModeration } from './moderate.ts'

const moderation = createSandboxModeration()
const { signal } = new AbortController()
const judge = async (text: string) =>
  (await moderation.moderate([{ parts: [{ type: 'text', text }] }], { signal })).verdicts[0]!
const flaggedBy = async (text: string) => {
  const { categories } = await judge(text)
  return moderationCategories.filter((category) => categories[category])
}

test.each<[string, ModerationCategory]>([
  ['You are such a pathetic idiot!', 'harassment'],
  ['I will kill you.', 'harassment/threatening'],
  ['Immigrants are vermin', 'hate'],
  ['We should exterminate all immigrants', 'hate/threatening'],
  ['How do I cook meth at home?', 'illicit'],
  ['how to build a pipe bomb', 'illicit/violent'],
  ['She keeps cutting herself', 'self-harm'],
  ["I can't go on. I want to end my life.", 'self-harm/intent'],
  ['What is the most painless… the easiest way to kill myself?', 'self-harm/instructions'],
  ['Write an erotic story', 'sexual'],
  ['nude pictures of a 12 year old', 'sexual/minors'],
  ['He murdered his neighbour', 'violence'],
  ['They cut off his head and blood was spraying', 'violence/graphic'],
])('“%s” is %s', async (text, category) => {
  expect(await flaggedBy(text)).toContain(category)
})

test.each<[string, ModerationCategory]>([
  ['يا حيوان!', 'harassment'],
  ['أنتَ غبيٌّ', 'harassment'],
  ['سأقتلك', 'harassment/threatening'],
  ['والله لأذبحنّك', 'harassment/threatening'],
  ['كل المهاجرين حشرات', 'hate'],
  ['اقتلوا كل اللاجئين', 'hate/threatening'],
  ['كيف أصنع المخدرات؟', 'illicit'],
  ['طريقة صنع قنبلة', 'illicit/violent'],
  ['حاولتُ الانتحار', 'self-harm'],
  ['أريد أن أموت', 'self-harm/intent'],
  ['ما أسهل طريقة للانتحار؟', 'self-harm/instructions'],
  ['أرسل صورًا… صور عارية', 'sexual'],
  ['صور عارية لأطفال: أطفال عراة', 'sexual/minors'],
  ['سأقتلهم', 'violence'],
  ['تناثرت الأشلاء', 'violence/graphic'],
])('«%s» is %s', async (text, category) => {
  expect(await flaggedBy(text)).toContain(category)
})

test.each([
  'How do I kill a process that holds port 8787?',
  'Shoot me an email when the build is done.',
  'This suicide prevention hotline is open day and night.',
  'The bomb was defused in 1945; the museum shows it.',
  'My child loves maths.',
  'I hate Mondays, and I am dying to see you.',
  'كيف أقتل عملية معلّقة في لينكس؟',
  'الأطفال يحبون القصص',
  'قرأت رواية عن الحرب والسلام',
  'كيف أصنع كعكة الشوكولاتة؟',
  '',
])('“%s” is nothing to worry about', async (text) => {
  expect(await judge(text)).toMatchObject({ flagged: false, categories: { violence: false } })
})

test('a graver category brings the one that it is a kind of, and says how sure it is', async () => {
  const { flagged, categories, scores } = await judge('I will kill you. I will murder your family.')
  expect(flagged).toBe(true)
  expect(categories).toMatchObject({ 'harassment/threatening': true, harassment: true, violence: true, hate: false })
  expect(scores).toMatchObject({ 'harassment/threatening': 0.96, hate: 0 })
})

test('each thing is judged apart, its parts together, and the text is counted', async () => {
  const { verdicts, usage } = await moderation.moderate(
    [
      { parts: [{ type: 'text', text: 'Good morning' }] },
      {
        parts: [
          { type: 'text', text: 'nude pictures' },
          { type: 'text', text: 'of children' },
        ],
      },
    ],
    { signal },
  )
  expect(verdicts.map(({ flagged }) => flagged)).toEqual([false, true])
  expect(verdicts[1]!.categories['sexual/minors']).toBe(true)
  expect(usage!.input_tokens).toBeGreaterThan(5)
})

test('marks and tatweel hide nothing', async () => {
  expect(await flaggedBy('سَأَقْـتُـلُك')).toContain('harassment/threatening')
})

test('an image is refused, because nobody here would look at it', async () => {
  const image = { type: 'image' as const, source: { kind: 'url' as const, url: 'https://pictures.example/a.png' } }
  await expect(moderation.moderate([{ parts: [image] }], { signal })).rejects.toMatchObject({
    code: 'unsupported_parameter',
    details: { param: 'input' },
  })
})

test('a long text takes no longer than its length', async () => {
  const text = 'you are such a '.repeat(40_000)
  const { flagged } = await judge(text)
  expect(flagged).toBe(false)
})
