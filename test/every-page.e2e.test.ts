// Every page in both languages, light and dark: axe finds nothing, nothing overflows at 360 px, nothing shifts.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { faultsOf } from './support/axe.ts'
import { contextOf, launchBrowser, openPage } from './support/browser.ts'
import { signUp, signUpOperator, type Person } from './support/person.ts'

const url = inject('platformUrl')
const publicPages = [
  '',
  'sign-up',
  'sign-in',
  'forgot-password',
  'models',
  'pricing',
  'docs/',
  'docs/api',
  'docs/quickstarts',
  'docs/errors',
  'reference',
  'shared',
  'shared#no-such-share-at-all',
  'no-such-page',
]
const memberPages = [
  'chat',
  'images',
  'library',
  'library?view=collections',
  'library?view=deleted',
  'playground',
  'usage',
  'billing',
  'billing/return?checkout=canceled',
  'billing/receipt',
  'keys',
  'members',
  'webhooks',
  'requests',
  'limits',
  'policies',
  'provider-keys',
  'settings',
]
const adminPages = ['admin', 'operate']

let browser: Browser
let member: Person
let admin: Person
beforeAll(async () => {
  browser = await launchBrowser()
  member = await signUp(url)
  admin = await signUpOperator(url)
})
afterAll(() => browser.close())

async function settled(page: Page) {
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(() => !document.querySelector('[aria-busy=true]'))
}

const cases = ['en', 'ar'].flatMap((locale) => [
  { locale, who: 'a visitor', pages: publicPages },
  { locale, who: 'a member', pages: memberPages },
  { locale, who: 'an operator', pages: adminPages },
])

const looks = [
  { width: 1280, dark: false },
  { width: 360, dark: true },
]

interface Tour extends Pick<(typeof cases)[number], 'locale' | 'pages'> {
  cookie: string | undefined
  look: (typeof looks)[number]
}

/** What is wrong with these pages, seen like this. */
async function tour({ locale, pages, cookie, look: { width, dark } }: Tour): Promise<string[]> {
  const found: string[] = []
  const context = await contextOf(browser, { url, cookie, width, dark })
  const { page, complaints } = await openPage(context)
  await page.addInitScript(() => {
    const seen = window as unknown as { shift: number }
    seen.shift = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as { value: number; hadRecentInput: boolean }[])
        if (!entry.hadRecentInput) seen.shift += entry.value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  for (const path of pages) {
    const where = `/${locale}/${path} at ${width}`
    await page.goto(`/${locale}/${path}`)
    await settled(page)
    for (const fault of await faultsOf(page)) found.push(`${where}: ${fault}`)
    const state = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      shift: (window as unknown as { shift: number }).shift,
      dir: document.documentElement.dir,
      lang: document.documentElement.lang,
    }))
    if (state.wide > width) found.push(`${where}: ${state.wide} px wide`)
    if (state.shift > 0.02) found.push(`${where}: moved by ${state.shift.toFixed(3)}`)
    if (state.dir !== (locale === 'ar' ? 'rtl' : 'ltr') || !state.lang.startsWith(locale))
      found.push(`${where}: ${state.lang} ${state.dir}`)
  }
  await context.close()
  return [...found, ...complaints]
}

test.each(cases)(
  '$locale: the pages of $who are accessible, fit a phone and do not move',
  async ({ locale, who, pages }) => {
    const cookie = who === 'a member' ? member.cookie : who === 'an operator' ? admin.cookie : undefined
    // Most of a visit is waiting for the page to be still: two at once wait together.
    const found = await Promise.all(looks.map((look) => tour({ locale, pages, cookie, look })))
    expect(found.flat()).toEqual([])
  },
  240_000,
)
