import { expect, test } from 'vitest'
import { attemptErrors, webhookEventTypes, type Webhook } from '#shared/contracts/webhooks'
import { localeTags } from '../../i18n/locales.ts'
import { hasKey } from '../../i18n/translate.ts'
import { errorKey, eventSentence, readable } from './delivery-words.ts'
import { webhookStatus } from './webhook-status.ts'

test.each(localeTags)('every event and every failure has its words in %s', (locale) => {
  const types = [...webhookEventTypes, 'webhook.test']
  expect(types.filter((type) => eventSentence(locale, type) === type)).toEqual([])
  expect(attemptErrors.filter((error) => !hasKey(locale, errorKey(error)))).toEqual([])
})

test('an event of a newer platform is shown by its name', () => {
  expect(eventSentence('en', 'moon.rose')).toBe('moon.rose')
})

test('a body is laid out where it is JSON', () => {
  expect(readable('{"a":1}')).toBe('{\n  "a": 1\n}')
  expect(readable('<html>')).toBe('<html>')
})

test('a webhook is on, off, or in trouble, and says who switched it off', () => {
  const status = (change: Partial<Webhook>) =>
    webhookStatus({ enabled: true, disabled_reason: null, failing_since: null, ...change } as Webhook)
  expect(status({})).toBe('on')
  expect(status({ failing_since: 1 })).toBe('troubled')
  expect(status({ enabled: false, failing_since: 1 })).toBe('off')
  expect(status({ enabled: false, disabled_reason: 'gone' })).toBe('gone')
  expect(status({ enabled: false, disabled_reason: 'failing' })).toBe('failing')
})
