// A budget's figures in the words of a language: Latin digits and UTC in both, as everywhere in the product.
import type { Locale } from '#shared/contracts/account'
import type { BudgetNoticeData } from '#shared/contracts/notices'
import type { BudgetFacts } from './sentences.ts'

const periods: Record<Locale, Record<BudgetNoticeData['period'], string>> = {
  en: { day: 'per day', week: 'per week', month: 'per month', forever: 'in all' },
  ar: { day: 'كل يوم', week: 'كل أسبوع', month: 'كل شهر', forever: 'إجمالًا' },
}

type Kind = 'organization' | 'key' | 'member' | 'model'

const accounts: Record<Locale, Record<Kind, (name: string) => string>> = {
  en: {
    organization: () => 'the budget of the whole organization',
    key: (name) => `the budget of the key “${name}”`,
    member: (name) => `the budget of ${name}`,
    model: (name) => `the budget for the model ${name}`,
  },
  ar: {
    organization: () => 'ميزانية المؤسسة كلها',
    key: (name) => `ميزانية المفتاح «${name}»`,
    member: (name) => `ميزانية ${name}`,
    model: (name) => `ميزانية النموذج ${name}`,
  },
}

/** The digits are moved, never divided. Cents at least, and as much finer as there is something. */
export function formatDollars(micros: number): string {
  const digits = Math.abs(micros).toString().padStart(7, '0')
  const fraction = digits.slice(-6).replace(/0{1,4}$/, '')
  return `${micros < 0 ? '-' : ''}$${digits.slice(0, -6).replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`
}

const formatMoment = (locale: Locale, at: number): string =>
  `${new Intl.DateTimeFormat(`${locale}-u-nu-latn-ca-gregory`, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(at)} UTC`

/** Of what was spent, rounded down: a budget is not called used up before it is. */
const percentOf = ({ percent, spent_micros, limit_micros }: BudgetNoticeData): number =>
  percent ?? (limit_micros === 0 ? 100 : Math.floor((spent_micros / limit_micros) * 100))

export function toBudgetFacts({
  data,
  name,
  locale,
}: {
  data: BudgetNoticeData
  /** What the account is called: a key's, a person's or a model's name. */
  name: string
  locale: Locale
}): BudgetFacts {
  const kind = data.account.split(':')[0] as Kind
  return {
    account: accounts[locale][kind](name),
    spent: formatDollars(data.spent_micros),
    limit: formatDollars(data.limit_micros),
    percent: String(percentOf(data)),
    period: periods[locale][data.period],
    resets: data.resets_at === null ? '' : formatMoment(locale, data.resets_at),
  }
}
