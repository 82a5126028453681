import type { LineSubject } from '#shared/contracts/billing'
import type { Locale } from '../../i18n/locales.ts'
import type { Translate } from '../../i18n/translate.ts'
import { localText } from './local-text.ts'

interface DescribedLine {
  /** Stripe's words, in Stripe's language. */
  description: string
  subject: LineSubject
  amount_minor: number
  proration: boolean
}

/** What is paid for, in the reader's language; what is nothing of ours, as Stripe says it. */
export function lineWords(line: DescribedLine, { t, locale }: { t: Translate; locale: Locale }): string {
  const { subject, proration, amount_minor: amount } = line
  if (subject?.kind === 'overage') return t('billing.line-overage')
  if (!subject?.name) return line.description
  const name = localText(subject.name, locale)
  if (subject.kind === 'credit_pack' || !proration) return name
  return t(amount < 0 ? 'billing.line-unused' : 'billing.line-rest', { plan: name })
}
