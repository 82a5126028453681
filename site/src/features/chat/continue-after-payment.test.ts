import type { ConversationMessage } from '#shared/contracts/conversation'
import { expect, test } from 'vitest'
import { continuedPath, waitingIn, whatContinues } from './continue-after-payment.ts'

const message = (part: object) =>
  ({ role: 'assistant', status: 'complete', error: null, ...part }) as ConversationMessage
const refused = message({ id: 'm2', status: 'failed', error: { code: 'insufficient_credits' } })

test('the address of a conversation says that it is to go on', () => {
  const path = continuedPath('/ar/chat/conv_1', 'answer')
  expect(path).toBe('/ar/chat/conv_1?continue=answer')
  expect(['?continue=draft', '?continue=answer', '?continue=1', ''].map(waitingIn)).toEqual([
    'draft',
    'answer',
    null,
    null,
  ])
})

test('what was typed and refused is sent', () => {
  expect(whatContinues({ waiting: 'draft', draft: 'ما عاصمة عُمان؟', messages: [refused] })).toEqual({
    kind: 'send',
    text: 'ما عاصمة عُمان؟',
  })
})

test('an answer that failed for want of credit is asked for again', () => {
  expect(whatContinues({ waiting: 'answer', draft: ' ', messages: [message({ id: 'm1' }), refused] })).toEqual({
    kind: 'regenerate',
    message: refused,
  })
})

test('what did not wait for credit is not asked again, for it would be charged again', () => {
  const broken = message({ status: 'failed', error: { code: 'provider_error' } })
  expect(whatContinues({ waiting: 'answer', draft: '', messages: [refused, message({})] })).toBeNull()
  expect(whatContinues({ waiting: 'answer', draft: '', messages: [broken] })).toBeNull()
  expect(whatContinues({ waiting: 'answer', draft: '', messages: [] })).toBeNull()
})

test('what somebody has typed but not sent stays theirs to send', () => {
  expect(whatContinues({ waiting: 'answer', draft: 'half a thought', messages: [] })).toBeNull()
  expect(whatContinues({ waiting: 'draft', draft: ' ', messages: [refused] })).toBeNull()
})
