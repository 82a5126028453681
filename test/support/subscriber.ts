// Somebody who pays: the pages of billing and of the stand-in for Stripe, as a person uses them in their language.
import type { Page } from 'playwright-core'
import ar from '../../site/src/i18n/locales/ar.ts'
import en from '../../site/src/i18n/locales/en.ts'

export type Language = 'en' | 'ar'

type Word = Exclude<keyof typeof en, 'meta'>

/** A sentence of the dictionary, whatever stands in its gaps. */
export function wordsOf(language: Language) {
  const dictionary = language === 'ar' ? ar : en
  return (key: Word): RegExp => {
    const parts = dictionary[key].split(/\{\{\w+\}\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    return new RegExp(`^\\s*${parts.join('.*')}\\s*$`)
  }
}

export const cards = { pays: '4242424242424242', failsLater: '4000000000000341' }

export function createSubscriber(page: Page, language: Language) {
  const words = wordsOf(language)
  const button = (key: Word) => page.getByRole('button', { name: words(key) })
  const dialog = page.getByRole('dialog')

  const open = async () => {
    await page.goto(`/${language}/billing`)
    await button('billing.open-portal').waitFor()
  }

  /** Stripe's page is in front: the card is typed and sent. */
  async function typeCard(number: string): Promise<void> {
    await page.locator('[name=card_number]').fill(number)
    await page.locator('[name=expiry]').fill('12 / 40')
    await page.locator('[name=cvc]').fill('123')
    await page.locator('[name=name]').fill('Salma Haddad')
    for (const [name, value] of [
      ['line1', '1 Palm Street'],
      ['city', 'Riyadh'],
      ['postal_code', '12345'],
    ] as const) {
      const field = page.locator(`[name=${name}]`)
      if (await field.count()) await field.fill(value)
    }
    const country = page.locator('select[name=country]')
    if (await country.count()) await country.selectOption('SA')
    await page
      .locator('form', { has: page.locator('[name=card_number]') })
      .locator('button')
      .first()
      .click()
  }

  async function choose({ plan, seats }: { plan: string; seats?: number }): Promise<void> {
    await dialog.locator(`input[type=radio][value=${plan}]`).check()
    if (seats !== undefined) await dialog.getByLabel(words('billing.seats-label')).fill(String(seats))
  }

  return {
    open,
    page,

    async subscribe(wanted: { plan: string; seats?: number }): Promise<void> {
      await open()
      await button('billing.choose-plan').click()
      await choose(wanted)
      await dialog.getByRole('button', { name: words('billing.to-payment') }).click()
      await page.locator('[name=card_number]').waitFor()
      await typeCard(cards.pays)
      await page.waitForURL(new RegExp(`/${language}/billing`))
    },

    /** The button says whether it is paid now or planned. */
    async change(wanted: { plan: string; seats?: number }, confirm: 'billing.confirm-pay' | 'billing.confirm-later') {
      await open()
      await button('billing.change-plan').click()
      await choose(wanted)
      await dialog.getByRole('button', { name: words('billing.see-change') }).click()
      await dialog.getByRole('button', { name: words(confirm) }).click()
      await dialog.waitFor({ state: 'detached' })
    },

    async undoChange(): Promise<void> {
      await open()
      await button('billing.undo-change').click()
      await button('billing.undo-change').waitFor({ state: 'detached' })
    },

    async useCard(number: string): Promise<void> {
      await open()
      await button('billing.update-card').click()
      await page.locator('[name=card_number]').waitFor()
      await typeCard(number)
      await page.waitForLoadState()
    },

    async payOverdue(): Promise<void> {
      await open()
      await page.getByRole('link', { name: words('billing.pay-overdue') }).click()
      await page.locator('[name=card_number]').waitFor()
      await typeCard(cards.pays)
      await page.waitForLoadState()
    },

    async cancel(): Promise<void> {
      await open()
      await button('billing.cancel-plan').click()
      await dialog.getByRole('button', { name: words('billing.cancel-confirm') }).click()
      await dialog.waitFor({ state: 'detached' })
    },

    /** Whether the page says this. */
    async reads(key: Word): Promise<void> {
      await open()
      await page.getByText(words(key)).first().waitFor()
    },
  }
}
