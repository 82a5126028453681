// A real Chromium, found by the test command, with pages that fail a test when they complain.
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { browserArguments } from '../../scripts/lib/browser.mjs'

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROME_PATH, args: browserArguments })

export interface WatchedPage {
  page: Page
  /** Errors of scripts and of the content policy. Failed requests are the journeys' own business. */
  complaints: string[]
}

export async function openPage(context: BrowserContext): Promise<WatchedPage> {
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text())
  })
  return { page, complaints }
}

/** Signed in as this person without the form. */
export async function contextOf(
  browser: Browser,
  {
    url,
    cookie,
    width = 1280,
    height = 800,
    dark = false,
  }: { url: string; cookie?: string; width?: number; height?: number; dark?: boolean },
): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  for (const pair of cookie?.split('; ') ?? []) {
    const at = pair.indexOf('=')
    await context.addCookies([
      { name: pair.slice(0, at), value: pair.slice(at + 1), url, httpOnly: true, sameSite: 'Lax' },
    ])
  }
  return context
}
