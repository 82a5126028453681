// What an organization decides, in a real browser and in both languages: limits for a model, policies with guardrails
// and routes, what happens when two people decide at once, and when somebody leaves without saving.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import ar from '../site/src/i18n/locales/ar.ts'
import en from '../site/src/i18n/locales/en.ts'
import { faultsOf } from './support/axe.ts'
import { contextOf, launchBrowser, openPage } from './support/browser.ts'
import { eventually } from './support/eventually.ts'
import { linkMailedTo, mailTo } from './support/mailbox.ts'
import { signUp, type Person } from './support/person.ts'

const url = inject('platformUrl')
const dataDir = inject('dataDir')
const guide = 'riwaq/sandbox-guide'
const slowGuide = 'riwaq/sandbox-slow-guide'
const journeys = [
  { locale: 'en', words: en, width: 1280 },
  { locale: 'ar', words: ar, width: 360 },
] as const

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

interface Policy {
  version: number
  policy: Record<string, unknown> & { guardrails: unknown[]; routes: unknown[] }
}
const policyOf = (person: Person) => person.json<Policy>('/api/organizations/current/policy')
const fill = (words: string, values: Record<string, string>) =>
  words.replace(/{{\s*([\w-]+)\s*}}/g, (_, name: string) => values[name] ?? '')
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

async function asOwner({ locale, width }: { locale: string; width: number }) {
  const person = await signUp(url, { name: 'Layla' })
  const context = await contextOf(browser, { url, cookie: person.cookie, width })
  const { page, complaints } = await openPage(context)
  const open = async (path: string) => {
    await page.goto(`/${locale}/${path}`)
    await page.waitForLoadState('networkidle')
  }
  return { person, context, page, complaints, open }
}

test.each(journeys)('$locale: a model is given limits, which are shown, changed and lifted', async (journey) => {
  const { words } = journey
  const { person, page, context, complaints, open } = await asOwner(journey)
  await open('limits')
  await button(page, words['limits.add-model']).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(words['limits.model'], { exact: true }).selectOption(guide)
  const budget = dialog.getByLabel(words['limits.budget'], { exact: true })
  await budget.fill('a lot')
  await budget.press('Enter')
  await dialog.getByText(words['ui.amount-unreadable']).waitFor()
  expect(await budget.evaluate((element) => element === document.activeElement)).toBe(true)
  await budget.fill('٢٫٥')
  await dialog.getByLabel(words['limits.alerts'], { exact: false }).fill('50، 90')
  await dialog.getByLabel(words['limits.parallel'], { exact: true }).fill('4')
  await budget.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  const row = page.getByRole('row').filter({ hasText: guide })
  await row.getByText(fill(words['limits.parallel-value'], { amount: '4' })).waitFor()
  expect(await faultsOf(page)).toEqual([])

  const { data } = await person.json<{ data: Record<string, unknown>[] }>('/api/organizations/current/limits')
  expect(data.find(({ account }) => account === `model:${guide}`)).toMatchObject({
    budget_micros: 2_500_000,
    budget_period: 'month',
    spent_micros: 0,
    parallel_requests: 4,
    alert_percents: [50, 90],
  })

  await row.getByRole('button', { name: fill(words['limits.lift-named'], { name: 'Sandbox guide' }) }).click()
  await button(page.getByRole('dialog') as unknown as Page, words['limits.lift']).click()
  await page.getByText(words['limits.models-none']).waitFor()
  expect(complaints).toEqual([])
  await context.close()
})

test.each(journeys)('$locale: policies are decided, with what is wrong told beside it', async (journey) => {
  const { words } = journey
  const { person, page, context, complaints, open } = await asOwner(journey)
  await open('policies')
  await button(page, words['policies.route-add']).click()
  await button(page, words['policies.guardrail-add']).click()
  await page.getByRole('menuitem', { name: words['policies.guardrail-words'] }).click()
  await button(page, words['policies.save']).click()
  for (const fault of ['name-missing', 'model-missing', 'words-missing'] as const)
    await page.getByText(words[`policies.fault-${fault}`]).waitFor()

  await page.getByLabel(words['policies.words'], { exact: true }).fill('nightingale\nعندليب')
  const route = page.getByRole('group', { name: fill(words['policies.route-nameless'], { number: '1' }) })
  await route.getByLabel(words['policies.route-name'], { exact: true }).fill('house/fast')
  const named = page.getByRole('group', { name: 'house/fast' })
  const first = fill(words['policies.target'], { number: '1' })
  await named.getByLabel(first, { exact: true }).selectOption(slowGuide)
  await button(page, words['policies.target-add']).click()
  await named.getByLabel(fill(words['policies.target'], { number: '2' }), { exact: true }).selectOption(guide)
  const up = fill(words['policies.move-up'], { name: fill(words['policies.target'], { number: '2' }) })
  await named.getByRole('button', { name: up, exact: true }).press('Enter')
  expect(await named.getByLabel(first, { exact: true }).inputValue()).toBe(guide)
  await button(page, words['policies.save']).click()
  await page.getByText(words['policies.saved']).waitFor()
  expect(await button(page, words['policies.save']).count()).toBe(0)
  expect(await faultsOf(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(journey.width)

  const { version, policy } = await policyOf(person)
  expect(version).toBe(1)
  expect(policy.guardrails).toEqual([
    { type: 'words', words: ['nightingale', 'عندليب'], action: 'block', stage: 'both' },
  ])
  expect(policy.routes).toEqual([
    {
      name: 'house/fast',
      strategy: 'fallback',
      targets: [
        { model: guide, weight: 1 },
        { model: slowGuide, weight: 1 },
      ],
    },
  ])
  await page.reload()
  await page.getByRole('group', { name: 'house/fast' }).waitFor()
  expect(complaints).toEqual([])
  await context.close()
})

test.each(journeys)(
  '$locale: of two who decide at once the second is asked, and both changes can stay',
  async (journey) => {
    const { words } = journey
    const { person, page, context, open } = await asOwner(journey)
    await open('policies')
    await page.getByLabel(words['policies.zero'], { exact: true }).check()
    const other = { version: 0, policy: { guardrails: [{ type: 'secrets', action: 'block' }] } }
    await person.json('/api/organizations/current/policy', { method: 'PATCH', body: JSON.stringify(other) })

    await button(page, words['policies.save']).click()
    await page.getByText(words['policies.conflict']).waitFor()
    await button(page, words['policies.keep-mine']).click()
    await page.getByText(words['policies.saved']).waitFor()
    await page.getByRole('group', { name: words['policies.guardrail-secrets'] }).waitFor()
    expect(await policyOf(person)).toMatchObject({
      version: 2,
      policy: { zero_retention: true, guardrails: [{ type: 'secrets' }] },
    })
    await context.close()
  },
)

test('who leaves with changes that are not saved is asked, and who has saved or discarded is not', async () => {
  const { page, context, open } = await asOwner(journeys[0])
  const asked: string[] = []
  page.on('dialog', (dialog) => {
    asked.push(dialog.type())
    void dialog.dismiss()
  })
  await open('policies')
  await page.getByLabel(en['policies.zero'], { exact: true }).check()
  await page.getByRole('link', { name: en['shell.limits'] }).click()
  await eventually(
    () => asked,
    ({ length }) => length === 1,
  )
  expect(asked).toEqual(['beforeunload'])
  expect(new URL(page.url()).pathname).toBe('/en/policies')
  await button(page, en['policies.discard']).click()
  expect(await page.getByLabel(en['policies.zero'], { exact: true }).isChecked()).toBe(false)
  await page.getByRole('link', { name: en['shell.limits'] }).click()
  await page.waitForURL('**/en/limits')
  await context.close()
})

test('a key is made with limits of tokens and of calls at once, alerts and a cache', async () => {
  const { person, page, context, complaints, open } = await asOwner(journeys[1])
  await open('keys')
  await button(page, ar['keys.create']).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(ar['keys.name'], { exact: true }).fill('موقعي')
  const labelled = (words: string) => dialog.getByLabel(words, { exact: false })
  await labelled(ar['keys.budget']).fill('5')
  await labelled(ar['keys.alerts']).fill('٥٠، ٩٠')
  await labelled(ar['keys.tokens']).fill('٩٠٬٠٠٠')
  await labelled(ar['keys.parallel']).fill('4')
  await labelled(ar['keys.cache']).selectOption('3600')
  await button(dialog as unknown as Page, ar['keys.create']).click()
  await dialog.getByText(ar['keys.secret-text']).waitFor()
  const { data } = await person.json<{ data: Record<string, unknown>[] }>('/api/keys')
  expect(data[0]).toMatchObject({
    name: 'موقعي',
    budget_micros: 5_000_000,
    alert_percents: [50, 90],
    rate_limit_tpm: 90_000,
    parallel_requests: 4,
    cache_seconds: 3_600,
  })
  expect(complaints).toEqual([])
  await context.close()
})

test('who opens the confirmation link on another device confirms by signing in there', async () => {
  const person = await signUp(url)
  const link = await linkMailedTo(person.email, { dataDir, like: /verify-email/ })
  const context = await contextOf(browser, { url, width: 360 })
  const { page } = await openPage(context)
  await page.goto(`${link.pathname}${link.search}`)
  await page.getByRole('heading', { name: en['auth.confirm-sign-in-title'] }).waitFor()
  const email = page.getByLabel(en['auth.email'], { exact: true })
  await eventually(
    () => email.inputValue(),
    (value) => value === person.email,
  )
  await page.getByLabel(en['auth.password'], { exact: true }).fill(person.password)
  await button(page, en['auth.sign-in-submit']).click()
  await page.getByRole('heading', { name: en['auth.verified-title'] }).waitFor()
  const account = await person.json<{ user: { email_verified: boolean } }>('/api/account')
  expect(account.user.email_verified).toBe(true)
  await context.close()
})

test('a share of a budget that is spent, and a request that a budget stops, are mailed to the owner', async () => {
  const person = await signUp(url)
  const setBudget = (limits: object) =>
    person.json(`/api/organizations/current/limits/model:${guide}`, { method: 'PUT', body: JSON.stringify(limits) })
  const ask = () =>
    person.request('/v1/chat/completions', {
      method: 'POST',
      body: JSON.stringify({
        model: guide,
        max_tokens: 200,
        messages: [{ role: 'user', content: 'What is a budget?' }],
      }),
    })
  await setBudget({ budget_micros: 2_000, alert_percents: [1] })
  expect((await ask()).status).toBe(200)
  const spent = await mailTo(person.email, { dataDir, saying: /of the \$0\.002 that the budget for the model/ })
  expect(spent).toContain(`${url}/en/limits`)

  await setBudget({ budget_micros: 1, alert_percents: [] })
  const refused = await ask()
  expect(refused.status).toBe(402)
  await mailTo(person.email, { dataDir, saying: /A request was refused because it would have gone beyond/ })
})
