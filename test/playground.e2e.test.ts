// The playground in a real browser, in both languages, and the programs that it writes, each run as it is shown.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import ar from '../site/src/i18n/locales/ar.ts'
import en from '../site/src/i18n/locales/en.ts'
import { contextOf, launchBrowser, openPage } from './support/browser.ts'
import { startCountingProvider, type CountingProvider } from './support/counting-provider.ts'
import { eventually } from './support/eventually.ts'
import { createKey, signUp, type Person } from './support/person.ts'
import { checkPython, pythonHas, runPython, runShell, runTypeScript } from './support/run-program.ts'

const url = inject('platformUrl')
const journeys = [
  { locale: 'en', words: en, question: 'How do I make an API key?' },
  { locale: 'ar', words: ar, question: 'كيف أُنشِئ مفتاحًا؟' },
] as const
const apis = ['chat', 'responses', 'messages', 'embeddings', 'moderations'] as const

let browser: Browser
let person: Person
let key: string
let provider: CountingProvider
beforeAll(async () => {
  provider = await startCountingProvider({ port: inject('countingPort') })
  browser = await launchBrowser()
  person = await signUp(url)
  ;({ key } = await createKey(person))
})
afterAll(async () => {
  await browser.close()
  await provider.close()
})

/** The page, filled in for a model of the sandbox. */
async function openPlayground({ locale, draft = {} }: { locale: string; draft?: Record<string, unknown> }) {
  const context = await contextOf(browser, { url, cookie: person.cookie })
  const { page, complaints } = await openPage(context)
  await page.addInitScript(
    (filled) => {
      if (!sessionStorage.getItem('riwaq:playground')) sessionStorage.setItem('riwaq:playground', filled)
    },
    JSON.stringify({ model: 'riwaq/sandbox-guide', ...draft }),
  )
  await page.goto(`/${locale}/playground`)
  return { page, complaints, close: () => context.close() }
}

const answerOf = (page: Page) => page.locator('.playground-text')
const factOf = (page: Page, name: string) =>
  page
    .locator('.playground-fact')
    .filter({ has: page.locator('dt', { hasText: name }) })
    .locator('dd')

test.each(journeys)(
  '$locale: ask by keyboard, read the answer, its cost and what went over the wire',
  async (journey) => {
    const { locale, words, question } = journey
    const { page, complaints, close } = await openPlayground({ locale })
    const message = page.getByLabel(words['playground.message'].replace('{{number}}', '1'), { exact: true })
    await message.fill(question)
    await message.press('Control+Enter')
    await page.getByText(words['playground.phase-done']).waitFor()
    expect(await answerOf(page).innerText()).toContain(locale === 'ar' ? 'البيئة التجريبية' : 'sandbox')
    expect(await factOf(page, words['playground.status']).innerText()).toBe('200')
    expect(await factOf(page, words['playground.request-id']).innerText()).toMatch(/req_/)
    await eventually(
      () => factOf(page, words['playground.cost']).innerText(),
      (text) => /0\.0\d+/.test(text),
    )
    await page.getByRole('tab', { name: words['playground.raw'] }).click()
    const raw = page.getByRole('region', { name: words['playground.response'] })
    expect(await raw.innerText()).toContain('data: [DONE]')
    expect(await raw.getAttribute('dir')).toBe('ltr')

    await page.reload()
    await eventually(
      () => message.inputValue().catch(() => ''),
      (text) => text === question,
    )
    expect(complaints).toEqual([])
    await close()
  },
)

test('what a model cannot do is greyed out, and what is missing is told at its field', async () => {
  const { page, close } = await openPlayground({ locale: 'en' })
  const temperature = page.getByLabel(new RegExp(`^${en['playground.temperature']}`))
  await temperature.waitFor()
  expect(await temperature.isDisabled()).toBe(true)
  await page.getByLabel(en['playground.model'], { exact: true }).selectOption('compatible/counting')
  expect(await temperature.isDisabled()).toBe(false)
  await temperature.fill('warm')
  await page.getByRole('button', { name: en['playground.send'], exact: true }).click()
  await page.getByText(en['playground.fault-no-message']).waitFor()
  await page.getByText(en['playground.fault-not-a-number']).waitFor()
  await close()
})

test('a refusal says what it is, in the words of the API as well', async () => {
  const draft = { turns: [{ role: 'user', text: 'Hi' }], extra: '{"n": 99}' }
  const { page, close } = await openPlayground({ locale: 'ar', draft })
  await page.getByRole('button', { name: ar['playground.send'], exact: true }).click()
  await page.getByText(ar['problem.invalid_request']).waitFor()
  const refusal = await page.getByRole('alert').innerText()
  expect(refusal).toContain('invalid_request')
  expect(refusal).toContain('400')
  await close()
})

test('stopping stops the vendor, and keeps what had come', async () => {
  const turns = [{ role: 'user', text: JSON.stringify({ tokens: 5_000, paceMs: 20 }) }]
  const { page, close } = await openPlayground({ locale: 'en', draft: { model: 'compatible/counting', turns } })
  await page.getByRole('button', { name: en['playground.send'], exact: true }).click()
  await eventually(
    () =>
      answerOf(page)
        .innerText()
        .catch(() => ''),
    (text) => text.includes('w3'),
  )
  await page.getByRole('button', { name: en['playground.stop'], exact: true }).click()
  await page.getByText(en['playground.phase-stopped']).waitFor()
  expect(await answerOf(page).innerText()).toContain('w3')
  await eventually(
    () => provider.deliveries.at(-1)!,
    ({ closedAt, finished }) => closedAt !== null && !finished,
  )
  await close()
})

interface Shown {
  api: (typeof apis)[number]
  stream: boolean
  curl: string
  python: string
  typescript: string
}

let shown: Shown[]

/** Every program as the page shows it, for every API, streamed and whole, with what is awkward to quote. */
async function readPrograms(): Promise<Shown[]> {
  const found: Shown[] = []
  for (const api of apis)
    for (const stream of api === 'embeddings' || api === 'moderations' ? [false] : [false, true]) {
      const turns = [{ role: 'user', text: `What's a "key"? \\ $HOME\nكيف أُنشِئ مفتاحًا؟` }]
      const models = { embeddingModel: 'riwaq/sandbox-embedding', moderationModel: 'riwaq/sandbox-moderation' }
      const { page, close } = await openPlayground({
        locale: 'ar',
        draft: {
          api,
          stream,
          turns,
          ...models,
          system: 'Be brief.',
          cache: 'use',
          fallbacks: 'riwaq/sandbox-slow-guide',
        },
      })
      await page.getByRole('tab', { name: ar['playground.code'] }).click()
      const texts: string[] = []
      for (const language of ['curl', 'Python', 'TypeScript']) {
        await page.locator('.segment', { hasText: language }).click()
        const code = page.getByRole('region', { name: new RegExp(`^${language}`) })
        expect(await code.getAttribute('dir')).toBe('ltr')
        texts.push((await code.locator('code').textContent())!)
      }
      found.push({ api, stream, curl: texts[0]!, python: texts[1]!, typescript: texts[2]! })
      await close()
    }
  return found
}

const isAnswer: Record<Shown['api'], RegExp> = {
  chat: /sandbox|البيئة التجريبية/,
  responses: /sandbox|البيئة التجريبية/,
  messages: /sandbox|البيئة التجريبية/,
  embeddings: /\d{2}/,
  moderations: /flagged/,
}

test('every program that the page shows runs as it is shown', async () => {
  shown = await readPrograms()
  const env = { RIWAQ_API_KEY: key }
  for (const { api, stream, curl, typescript, python } of shown) {
    const where = `${api}, ${stream ? 'streamed' : 'whole'}`
    expect(typescript, where).toContain(url)
    expect(await runShell(curl, env), `${where}: curl`).toMatch(stream ? /data: / : isAnswer[api])
    expect(await runTypeScript(typescript, env), `${where}: TypeScript`).toMatch(isAnswer[api])
    await checkPython(python)
  }
}, 240_000)

for (const name of ['openai', 'anthropic'])
  test.skipIf(!pythonHas(name))(`every Python program with ${name} runs as it is shown`, async () => {
    for (const { api, python } of shown.filter((each) => each.python.includes(`from ${name} import`)))
      expect(await runPython(python, { RIWAQ_API_KEY: key }), api).toMatch(isAnswer[api])
  })
