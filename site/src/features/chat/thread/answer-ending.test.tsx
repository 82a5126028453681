import type { ConversationMessage } from '#shared/contracts/conversation'
import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { localeTags } from '../../../i18n/locales.ts'
import { translator } from '../../../i18n/translate.ts'
import { island } from '../../../ui/locale-context.tsx'
import { AnswerEnding } from './answer-ending.tsx'
import { ThreadContext } from './thread-context.ts'

const actions = new Proxy({}, { get: () => () => {} }) as never

function Ending({ message }: { message: Partial<ConversationMessage> }) {
  return (
    <ThreadContext.Provider value={{ actions, models: [], running: false, fallback: 'ltr' }}>
      <AnswerEnding message={{ content: 'So far', status: 'complete', ...message } as ConversationMessage} last />
    </ThreadContext.Provider>
  )
}
const Page = island(Ending)

test.each(localeTags)('an answer that the credit cut short says so in %s, with the way to the balance', (locale) => {
  const html = renderToString(<Page locale={locale} message={{ finish_reason: 'credit' }} />)
  expect(html).toContain(translator(locale)('chat.answer-credit'))
  expect(html).toContain(`href="/${locale}/usage"`)
})

test('an answer that simply ended says nothing more', () => {
  expect(renderToString(<Page locale="en" message={{ finish_reason: 'stop' }} />)).toBe('')
})
