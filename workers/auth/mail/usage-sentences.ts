// What the mail about a share of included credit says, in both languages, and its figures in the words of each.
import { z } from 'zod'
import type { Locale } from '#shared/contracts/account'
import { formatDollars } from './budget-facts.ts'
import type { BudgetFacts, Template } from './sentences.ts'

export type UsageMailKind = 'usage-threshold'

export const UsageNoticeData = z.object({
  percent: z.number().int(),
  included_micros: z.number().int(),
  used_micros: z.number().int(),
  period_end: z.number().int(),
})
export type UsageNoticeData = z.infer<typeof UsageNoticeData>

const formatDay = (locale: Locale, at: number): string =>
  new Intl.DateTimeFormat(`${locale}-u-nu-latn-ca-gregory`, { dateStyle: 'long', timeZone: 'UTC' }).format(at)

export const toUsageFacts = (data: UsageNoticeData, locale: Locale): BudgetFacts => ({
  account: '',
  spent: formatDollars(data.used_micros),
  limit: formatDollars(data.included_micros),
  percent: String(data.percent),
  period: '',
  resets: formatDay(locale, data.period_end),
})

const english: Record<UsageMailKind, Template> = {
  'usage-threshold': ({ name, organization, percent, spent, limit, resets }) => ({
    subject: `${organization}: ${percent}% of the included credit is used`,
    greeting: `Hello ${name},`,
    body: `${organization} has used ${spent} of the ${limit} that this period includes. The next period begins on ${resets}. What is used beyond the included credit comes from the rest of your credit.`,
    button: 'See the usage',
    note: `You receive this because you look after the money of ${organization}. It is sent once a period for each share that you have chosen.`,
  }),
}

const arabic: Record<UsageMailKind, Template> = {
  'usage-threshold': ({ name, organization, percent, spent, limit, resets }) => ({
    subject: `${organization}: استُهلك ${percent}% من الرصيد المشمول`,
    greeting: `مرحبًا ${name}،`,
    body: `استهلكت ${organization} ${spent} من أصل ${limit} تشملها هذه الفترة. تبدأ الفترة التالية في ${resets}. وما يُستهلك بعد الرصيد المشمول يُخصم من بقية رصيدكم.`,
    button: 'عرض الاستهلاك',
    note: `تصلك هذه الرسالة لأنك تتابع أموال ${organization}، وتُرسل مرة واحدة في الفترة عند كل نسبة اخترتها.`,
  }),
}

export const usageSentences: Record<Locale, Record<UsageMailKind, Template>> = { en: english, ar: arabic }
