// The main job in a real browser, in both languages: sign up, ask, reload in mid-answer, stop from another tab,
// and find the charge on the usage page.
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import ar from '../site/src/i18n/locales/ar.ts'
import en from '../site/src/i18n/locales/en.ts'
import { contextOf, launchBrowser, openPage } from './support/browser.ts'
import { eventually } from './support/eventually.ts'

const url = inject('platformUrl')
const slowGuide = 'riwaq/sandbox-slow-guide'
const journeys = [
  {
    locale: 'en',
    words: en,
    name: 'Layla Haddad',
    question: 'How do holds and settlements work, and what is a budget?',
  },
  { locale: 'ar', words: ar, name: 'ليلى حداد', question: 'كيف يعمل الحجز والتسوية؟ وما الميزانية؟' },
] as const

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const answerText = (page: Page) => page.locator('[role=log] article').last().innerText()

async function signUpOnPage(page: Page, { locale, words, name }: (typeof journeys)[number]) {
  await page.goto(`/${locale}/sign-up`)
  await page.getByLabel(words['auth.name'], { exact: true }).fill(name)
  await page.getByLabel(words['auth.email'], { exact: true }).fill(`${crypto.randomUUID()}@example.com`)
  await page.getByLabel(words['auth.password'], { exact: true }).fill('a long enough passphrase')
  await page.getByRole('button', { name: words['auth.sign-up-submit'] }).click()
  await page.waitForURL(`**/${locale}/chat**`)
}

test.each(journeys)(
  '$locale: sign up → chat → reload in mid-answer → stop → the usage page shows it',
  async (journey) => {
    const { locale, words, question } = journey
    const context = await contextOf(browser, { url })
    const { page, complaints } = await openPage(context)
    await signUpOnPage(page, journey)
    expect(await page.locator('html').getAttribute('dir')).toBe(locale === 'ar' ? 'rtl' : 'ltr')

    const created = await page.request.post('/api/conversations', {
      data: { model: slowGuide },
      headers: { origin: url },
    })
    const { id } = (await created.json()) as { id: string }
    await page.goto(`/${locale}/chat/${id}`)
    const composer = page.getByLabel(words['chat.composer-label'])
    await composer.fill(question)
    const send = page.getByRole('button', { name: words['chat.send'], exact: true })
    await eventually(
      () => send.isEnabled(),
      (enabled) => enabled,
    )
    await composer.press('Enter')
    const stop = page.getByRole('button', { name: words['chat.stop'] })
    await stop.waitFor()
    await eventually(
      () => answerText(page),
      (text) => text.length > 60,
    )

    await page.reload()
    await stop.waitFor()
    const afterReload = await eventually(
      () => answerText(page),
      (text) => text.length > 60,
    )
    await eventually(
      () => answerText(page),
      (text) => text.length > afterReload.length + 20,
    )

    const second = await openPage(context)
    await second.page.goto(`/${locale}/chat/${id}`)
    const stopThere = second.page.getByRole('button', { name: words['chat.stop'] })
    await stopThere.waitFor()
    await stopThere.click()
    await page.getByText(words['chat.answer-stopped']).waitFor()
    await stop.waitFor({ state: 'detached' })

    const messages = await page.request.get(`/api/conversations/${id}/messages`)
    const { data } = (await messages.json()) as {
      data: { role: string; status: string; cost_micros: number; language: string; request_id: string }[]
    }
    expect(data.map(({ role }) => role)).toEqual(['user', 'assistant'])
    expect(data[0]!.language).toBe(locale)
    const answer = await eventually(
      async () =>
        ((await (await page.request.get(`/api/conversations/${id}/messages`)).json()) as { data: typeof data })
          .data[1]!,
      (message) => message.cost_micros !== null && message.status === 'stopped',
    )
    expect(answer.cost_micros).toBeGreaterThan(0)

    await page.goto(`/${locale}/usage?request_id=${answer.request_id}`)
    await page.getByText('Sandbox', { exact: false }).or(page.getByText(slowGuide)).first().waitFor()
    const balance = (await (await page.request.get('/api/usage/balance')).json()) as {
      balance_micros: number
      held_micros: number
    }
    expect(balance).toMatchObject({ balance_micros: 1_000_000 - answer.cost_micros, held_micros: 0 })
    expect([...complaints, ...second.complaints]).toEqual([])
    await context.close()
  },
)

test('what is typed before the page is alive is kept', async () => {
  const context = await contextOf(browser, { url })
  const { page } = await openPage(context)
  const gate = Promise.withResolvers<void>()
  await page.route('**/_assets/*.js', async (route) => {
    await gate.promise
    await route.continue()
  })
  await page.goto('/en/sign-up', { waitUntil: 'commit' })
  const name = page.getByLabel(en['auth.name'], { exact: true })
  await name.fill('Layla')
  const submit = page.getByRole('button', { name: en['auth.sign-up-submit'] })
  expect(await submit.isDisabled()).toBe(true)
  gate.resolve()
  await eventually(
    () => submit.isEnabled(),
    (enabled) => enabled,
  )
  expect(await name.inputValue()).toBe('Layla')
  await page.unrouteAll({ behavior: 'wait' })
  await context.close()
})
