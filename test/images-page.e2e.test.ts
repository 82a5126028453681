// The page of pictures in a real browser, in both languages: make, watch, look, compare, edit with a mask, vary, reload,
// delete and take it back, and the same on a phone.
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import ar from '../site/src/i18n/locales/ar.ts'
import en from '../site/src/i18n/locales/en.ts'
import { contextOf, launchBrowser, openPage } from './support/browser.ts'
import { eventually } from './support/eventually.ts'
import { signUp, type Person } from './support/person.ts'
import { plainPng } from './support/plain-png.ts'

const url = inject('platformUrl')
const queued = 'riwaq/sandbox-image-queued'
const direct = 'riwaq/sandbox-image'
const journeys = [
  { locale: 'en', words: en, prompt: 'A shaded courtyard with a fountain', change: 'Add a red kite' },
  { locale: 'ar', words: ar, prompt: 'فناء ظليل فيه نافورة', change: 'أضف طائرة ورقية حمراء' },
] as const

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const tiles = (page: Page) => page.locator('.images-tile.is-there')
const jobs = (page: Page) => page.locator('.images-job')
const waiting = (page: Page) => page.locator('.images-waiting')

async function until(page: Page, count: number): Promise<void> {
  await eventually(
    async () => ({ there: await tiles(page).count(), waiting: await waiting(page).count() }),
    (now) => now.there === count && now.waiting === 0,
    { timeoutMs: 20_000 },
  )
}

async function openImages({ person, locale, model }: { person: Person; locale: string; model: string }) {
  const context = await contextOf(browser, { url, cookie: person.cookie })
  const { page, complaints } = await openPage(context)
  await page.addInitScript((id) => {
    if (!localStorage.getItem('riwaq:image-model')) localStorage.setItem('riwaq:image-model', id)
  }, model)
  await page.goto(`/${locale}/images`)
  await page.locator('.images-size').first().waitFor()
  return { page, complaints, context }
}

const lastInput = async (person: Person) =>
  (await person.json<{ data: { kind: string; input: Record<string, unknown> }[] }>('/api/images/jobs?limit=1')).data[0]!

test.each(journeys)(
  '$locale: make, watch, compare, edit with a mask, vary, reload, delete and take it back, also on a phone',
  async ({ locale, words, prompt, change }) => {
    const person = await signUp(url)
    const { page, complaints, context } = await openImages({ person, locale, model: queued })
    const field = page.getByLabel(words['images.prompt'], { exact: true })
    const button = (name: string) => page.getByRole('button', { name, exact: true })

    // What is missing is said, not merely refused; what it costs is known before it is asked for.
    await page.locator('.images-make').click()
    await page.getByText(words['images.fault-prompt']).waitFor()
    await field.fill(prompt)
    await page.locator('.images-cost', { hasText: '0.002' }).waitFor()
    await page.getByRole('radio', { name: '2', exact: true }).check({ force: true })
    await page.locator('.images-size').last().click()
    await page.locator('.images-free input').first().fill('٥١٢')
    await page.locator('.images-free input').last().fill('٢٨٨')
    await page.locator('.images-seed input').fill('٤٢')

    // Made by a queue: places of the right shape from the first moment, and words for each step.
    await field.press('Control+Enter')
    await waiting(page).first().waitFor()
    const [before, ratio] = await Promise.all([
      waiting(page).first().boundingBox(),
      waiting(page)
        .first()
        .evaluate((element) => element.clientWidth / element.clientHeight),
    ])
    expect(ratio).toBeCloseTo(512 / 288, 1)
    await until(page, 2)
    const after = await tiles(page).first().boundingBox()
    expect([after?.width, after?.height]).toEqual([before?.width, before?.height])
    expect((await lastInput(person)).input).toMatchObject({ seed: 42, count: 2, size: '512x288' })
    await eventually(
      () => page.locator('.images-main > [role=status]').innerText(),
      (text) => text.length > 0 && text !== words['images.announce-started'],
    )

    // Looked at, with the keyboard; then two of them side by side and behind a line.
    await page.locator('.images-tile-open').first().focus()
    await page.keyboard.press('Enter')
    const viewer = page.getByRole('dialog')
    await viewer.locator('.images-stage-picture.is-there').waitFor()
    expect(await viewer.innerText()).toContain(words['images.provenance'])
    expect(await viewer.locator('.images-facts').innerText()).toContain('42')
    await viewer.getByRole('button', { name: words['images.compare'], exact: true }).click()
    const pair = page.locator('.images-pair')
    await pair.waitFor()
    expect(await pair.locator('.images-stage').count()).toBe(2)
    await page.locator('.images-compare .segment').nth(1).click()
    await pair.locator('.images-slider').fill('30')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await viewer.waitFor({ state: 'hidden' })

    // Edited where it was painted, with a model that answers at once.
    await page.evaluate((id) => localStorage.setItem('riwaq:image-model', id), direct)
    await page.locator('.images-model-button').click()
    await page
      .locator('.images-model')
      .filter({ has: page.getByText(direct, { exact: true }) })
      .click()
    await page.locator('.images-tile').first().hover()
    await page.locator('.images-tile').first().getByRole('button', { name: words['images.edit'], exact: true }).click()
    await button(words['images.mask-open']).click()
    const canvas = page.locator('.images-mask-stage')
    await page.locator('.images-mask-canvas').waitFor()
    await canvas.focus()
    for (const key of ['ArrowLeft', ' ', 'ArrowUp', ' ', 'Control+z']) await page.keyboard.press(key)
    const box = (await canvas.boundingBox())!
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width / 2 + 60, box.y + box.height / 2 + 30, { steps: 4 })
    await page.mouse.up()
    await button(words['images.mask-done']).click()
    await page.getByRole('radio', { name: '1', exact: true }).check({ force: true })
    await field.fill(change)
    await field.press('Control+Enter')
    await until(page, 3)
    expect(await lastInput(person)).toMatchObject({ kind: 'edit', input: { prompt: change } })

    // A variation of it; then everything is still there after a reload.
    await page.locator('.images-tile').first().hover()
    await page.locator('.images-tile').first().getByRole('button', { name: words['images.vary'], exact: true }).click()
    await page.locator('.images-make').click()
    await until(page, 4)
    expect((await lastInput(person)).kind).toBe('variation')
    await page.reload()
    await until(page, 4)
    expect(await jobs(page).count()).toBe(3)

    // Deleted, and taken back from the message that says so.
    await page.locator('.images-tile-open').first().click()
    await viewer.getByRole('button', { name: words['images.delete'], exact: true }).click()
    await until(page, 3)
    await button(words['images.undo']).click()
    await until(page, 4)

    // A phone: one column, options in a sheet, nothing wider than the screen.
    await page.setViewportSize({ width: 360, height: 740 })
    await button(words['images.options']).click()
    await page.getByRole('dialog').locator('.images-size').first().waitFor()
    await page.keyboard.press('Escape')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    expect(complaints).toEqual([])
    await context.close()
  },
  45_000,
)

const pictureNamed = (name: string, colour: number[]) => ({
  name: `${name}.png`,
  mimeType: 'image/png',
  buffer: plainPng({ width: 96, height: 64, colour }),
})

test('the library: pictures are brought, found in Arabic, shown to everybody, thrown away and taken back', async () => {
  const person = await signUp(url)
  const context = await contextOf(browser, { url, cookie: person.cookie })
  const { page, complaints } = await openPage(context)
  const cells = page.locator('.library-cell[data-item]')
  const shown = (count: number) =>
    eventually(
      () => cells.count(),
      (now) => now === count,
      { timeoutMs: 15_000 },
    )
  const button = (name: string) => page.getByRole('button', { name, exact: true })

  // Brought, and one that is none is refused by name while the others arrive.
  await page.goto('/en/library')
  await page.getByText(en['library.empty-title']).waitFor()
  const noPicture = { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('no picture at all') }
  const files = [pictureNamed('أحلام', [160, 90, 40]), pictureNamed('courtyard', [30, 120, 90]), noPicture]
  await page.locator('input[type=file]').first().setInputFiles(files)
  await shown(2)
  await page.getByText(en['problem.image_unsupported']).waitFor()

  // Found however its letters are written.
  await page.getByRole('searchbox').fill('احلام')
  await shown(1)

  // Shown to everybody who has its address, for as long as its owner likes.
  await page.locator('.library-open').first().click()
  await button(en['library.make-page']).click()
  const address = await page.locator('.item-address code').innerText()
  const stranger = await openPage(await contextOf(browser, { url, width: 360 }))
  await stranger.page.goto(address)
  await stranger.page.getByRole('heading', { name: 'أحلام' }).waitFor()
  await button(en['library.revoke']).click()
  await button(en['library.make-page']).waitFor()
  await stranger.page.reload()
  await stranger.page.getByText(en['library.shared-gone-title']).waitFor()
  await page.keyboard.press('Escape')

  // Thrown away with the keyboard alone, and taken back from the message that says so.
  await page.getByRole('searchbox').fill('')
  await shown(2)
  await page.locator('.library-open').first().focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await shown(0)
  await button(en['library.undo']).click()
  await shown(2)
  expect([...complaints, ...stranger.complaints]).toEqual([])
  await stranger.page.context().close()
  await context.close()
}, 30_000)
