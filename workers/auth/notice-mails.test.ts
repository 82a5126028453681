import { expect, test } from 'vitest'
import { noticeTypes, type Notice } from '#shared/contracts/notices'
import { joinAs } from './joining.ts'
import { formatDollars } from './mail/budget-facts.ts'
import { mailNotice } from './notice-mails.ts'
import { createTestAuth } from './testing.ts'

async function aTeam() {
  const auth = createTestAuth({ PUBLIC_URL: 'https://riwaq.example/' }, { origin: 'https://riwaq.example' })
  const team = await joinAs(auth)
  const billing = await team.join('Badr', 'billing')
  await team.join('Maha', 'member')
  await billing.call('/api/account', { method: 'PATCH', body: { locale: 'ar' } })
  auth.mails.length = 0
  const notice = (change: Partial<Notice> = {}): Notice => ({
    id: 'evt_1',
    organizationId: team.organizationId,
    type: 'budget.threshold_reached',
    at: 0,
    data: {
      account: 'organization',
      limit_micros: 50_000_000,
      spent_micros: 40_123_456,
      period: 'month',
      resets_at: Date.UTC(2026, 11, 1),
      percent: 80,
    },
    ...change,
  })
  const mail = (change?: Partial<Notice>) => mailNotice({ notice: notice(change), ctx: auth.ctx })
  const to = (name: string) => auth.mails.filter((each) => each.to === `${name}@example.com`)
  return { auth, ...team, notice, mail, to }
}

test('those who look after the money are told, each in their language, and nobody else', async () => {
  const { auth, mail, to } = await aTeam()
  expect(await mail()).toEqual({ mailed: 2, failed: 0 })

  expect(auth.mails).toHaveLength(2)
  const [english] = to('salma')
  expect(english!.subject).toBe('Rihla: 80% of the budget of the whole organization is spent')
  expect(english!.text).toContain('$40.123456 of the $50.00')
  expect(english!.text).toContain('December 1, 2026 at 12:00 AM UTC')
  expect(english!.text).toContain('https://riwaq.example/en/limits')
  const [arabic] = to('badr')
  expect(arabic!.subject).toBe('Rihla: أُنفق 80% من ميزانية المؤسسة كلها')
  expect(arabic!.text).toContain('1 ديسمبر 2026')
  expect(arabic!.html).toContain('https://riwaq.example/ar/limits')
})

test('a notice that comes again is mailed once, also where both come at the same time', async () => {
  const { auth, mail } = await aTeam()
  await Promise.all([mail(), mail()])
  expect(await mail()).toEqual({ mailed: 2, failed: 0 })
  expect(auth.mails).toHaveLength(2)
})

test('a mail that could not be sent is sent when the notice comes again', async () => {
  const { auth, mail } = await aTeam()
  auth.state.mailFailure = new Error('no mail today')
  expect(await mail()).toEqual({ mailed: 0, failed: 2 })
  auth.state.mailFailure = null
  expect(await mail()).toEqual({ mailed: 2, failed: 0 })
  expect(auth.mails).toHaveLength(2)
})

test('a Worker that was lost while it sent does not keep the mail from being sent', async () => {
  const { auth, mail } = await aTeam()
  const send = auth.ctx.mailer.send
  auth.ctx.mailer.send = () => Promise.reject(new Error('the Worker is gone'))
  await expect(mail()).rejects.toThrow('gone')
  auth.ctx.mailer.send = send
  expect((await mail()).failed, 'somebody may still be sending it').toBe(1)
  auth.ctx.now = () => Date.now() + 6 * 60_000
  expect(await mail()).toEqual({ mailed: 2, failed: 0 })
})

test('the mail says which budget: a key by its name, a member by theirs, a model', async () => {
  const { owner, auth, mail, to } = await aTeam()
  const { body: key } = await owner.call<{ id: string }>('/api/keys', { body: { name: 'website' } })
  const data = { limit_micros: 0, spent_micros: 0, period: 'forever', resets_at: null }
  await mail({ id: 'evt_key', type: 'budget.exceeded', data: { ...data, account: `key:${key.id}` } })
  await mail({ id: 'evt_you', type: 'budget.exceeded', data: { ...data, account: `member:${owner.userId}` } })
  await mail({ id: 'evt_model', type: 'budget.exceeded', data: { ...data, account: 'model:openai/gpt-6-luna' } })
  expect(to('salma').map(({ subject }) => subject)).toEqual([
    'Rihla: the budget of the key “website” stopped a request',
    'Rihla: the budget of Salma stopped a request',
    'Rihla: the budget for the model openai/gpt-6-luna stopped a request',
  ])
  expect(to('salma')[0]!.text).toContain('as soon as the budget is raised')
  expect(auth.mails).toHaveLength(6)
})

test('credit that does not suffice is told with a link to the usage', async () => {
  const { mail, to } = await aTeam()
  expect(await mail({ type: 'credit.exhausted', data: {} })).toEqual({ mailed: 2, failed: 0 })
  expect(to('badr')[0]!.subject).toBe('Rihla: لم يعد الرصيد كافيًا')
  expect(to('badr')[0]!.text).toContain('https://riwaq.example/ar/usage')
})

test('whoever pays is told of payments in their language, and those who only manage are not', async () => {
  const { mail, to, join } = await aTeam()
  await join('Huda', 'admin')
  expect(await mail({ type: 'payment.overdue', data: {} })).toEqual({ mailed: 2, failed: 0 })
  expect(to('salma')[0]!.subject).toBe('Rihla: paid requests have stopped')
  expect(to('badr')[0]!.subject).toBe('Rihla: توقفت الطلبات المدفوعة')
  expect(to('badr')[0]!.text).toContain('https://riwaq.example/ar/billing')
  expect(to('huda').filter(({ subject }) => subject.startsWith('Rihla'))).toEqual([])
})

const ofMoney = noticeTypes.filter((type) => /^(subscription|invoice|payment|top_up|dispute|refund)\./.test(type))

test.each(ofMoney)('%s is a mail with words of its own in both languages', async (type) => {
  const { mail, to } = await aTeam()
  expect(await mail({ type, data: {} })).toEqual({ mailed: 2, failed: 0 })
  for (const name of ['salma', 'badr']) expect(to(name)[0]!.text).not.toContain('undefined')
  expect(to('salma')[0]!.subject).toMatch(/^Rihla: [a-z]/)
  expect(to('badr')[0]!.subject).toMatch(/^Rihla: \p{Script=Arabic}/u)
})

test('a share of the included credit is told with its figures, to those who look after the money', async () => {
  const { mail, to, join } = await aTeam()
  await join('Huda', 'admin')
  const data = { percent: 80, included_micros: 20_000_000, used_micros: 16_000_001, period_end: Date.UTC(2026, 11, 1) }
  expect(await mail({ type: 'usage.threshold_reached', data })).toEqual({ mailed: 3, failed: 0 })
  const [english] = to('salma')
  expect(english!.subject).toBe('Rihla: 80% of the included credit is used')
  expect(english!.text).toContain('$16.000001 of the $20.00')
  expect(english!.text).toContain('December 1, 2026')
  expect(english!.text).toContain('https://riwaq.example/en/usage')
  const [arabic] = to('badr')
  expect(arabic!.subject).toBe('Rihla: استُهلك 80% من الرصيد المشمول')
  expect(arabic!.text).toContain('1 ديسمبر 2026')
  expect(await mail({ id: 'evt_2', type: 'usage.threshold_reached', data: {} })).toEqual({ mailed: 0, failed: 0 })
})

test('a webhook that was switched off is the managers’ business, not that of whoever pays', async () => {
  const { mail, to } = await aTeam()
  expect(await mail({ type: 'webhook.disabled', data: {} })).toEqual({ mailed: 1, failed: 0 })
  expect(to('salma')).toHaveLength(1)
})

test('what nobody is mailed of, what cannot be read and what belongs to nobody is no mail', async () => {
  const { auth, mail } = await aTeam()
  expect(await mail({ type: 'key.created', data: {} })).toEqual({ mailed: 0, failed: 0 })
  expect(await mail({ data: { account: 'moon:1' } })).toEqual({ mailed: 0, failed: 0 })
  expect(await mail({ organizationId: 'org_gone' })).toEqual({ mailed: 0, failed: 0 })
  expect(auth.mails).toEqual([])
})

test.each([
  [0, '$0.00'],
  [1, '$0.000001'],
  [1_500_000, '$1.50'],
  [1_234_567_890_000, '$1,234,567.89'],
  [-2_000_001, '-$2.000001'],
])('%d micros read %s', (micros, text) => expect(formatDollars(micros)).toBe(text))
