// The words of the delivery log.
import type { AttemptError, DeliveryStatus } from '#shared/contracts/webhooks'
import type { Key, Locale } from '../../i18n/locales.ts'
import { hasKey, translator } from '../../i18n/translate.ts'
import type { BadgeProps } from '../../ui/badge.tsx'

/** What an event tells; one that this page does not know yet is shown by its own name. */
export function eventSentence(locale: Locale, type: string): string {
  const key = `webhooks.event-${type.replaceAll(/[._]/g, '-')}`
  return hasKey(locale, key) ? translator(locale)(key) : type
}

export const errorKey = (error: AttemptError): Key => `webhooks.error-${error.replaceAll('_', '-')}` as Key

export const statusTones: Record<DeliveryStatus, BadgeProps['tone']> = {
  pending: 'accent',
  delivered: 'success',
  failed: 'danger',
  canceled: 'neutral',
}

/** `{"a":1}` as something to read; what is no JSON stays as it is. */
export function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}
