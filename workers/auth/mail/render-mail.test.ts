import { expect, test } from 'vitest'
import { silentLogger } from '#shared/http/log'
import { createMailer } from './mailer.ts'
import type { MailMessage } from './mail-message.ts'
import { renderMail, type Mail } from './render-mail.ts'
import { sentences, type MailKind } from './sentences.ts'

const kinds = Object.keys(sentences.en) as MailKind[]
const facts = {
  to: 'salma@example.com',
  name: 'Salma',
  organization: 'Rihla',
  inviter: 'Omar',
  role: 'billing',
  url: 'https://riwaq.example/x?token=a&b=c',
  budget: {
    account: 'x',
    spent: '$40.00',
    limit: '$50.00',
    percent: '80',
    period: 'y',
    resets: 'z',
  },
}

test.each(kinds.flatMap((kind) => [[kind, 'en'] as const, [kind, 'ar'] as const]))(
  'the mail %s is whole in %s',
  (kind, locale) => {
    const { subject, text, html } = renderMail({ kind, locale, ...facts })
    expect(subject).not.toBe('')
    expect(html).toContain(`<html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}">`)
    for (const part of [text, html]) {
      expect(part).toContain('salma@example.com')
      expect(part).not.toMatch(/undefined|null|\{\{/)
    }
    expect(/[\u0600-\u06ff]/.test(subject + text)).toBe(locale === 'ar')
  },
)

test('the link is in both versions, and safe in the one that is markup', () => {
  const { text, html } = renderMail({ kind: 'reset-password', locale: 'en', ...facts })
  expect(text).toContain('https://riwaq.example/x?token=a&b=c')
  expect(html).toContain('href="https://riwaq.example/x?token=a&amp;b=c"')
})

test('a mail that only tells something has no link', () => {
  expect(renderMail({ kind: 'password-changed', locale: 'en', ...facts }).html).not.toContain('href')
})

test('names of strangers bring neither markup nor lines nor direction marks', () => {
  const mail: Mail = {
    kind: 'invitation',
    locale: 'en',
    ...facts,
    inviter: '<img src=x>\r\nBcc: all@example.com\u202e',
    organization: 'x'.repeat(500),
  }
  const { subject, html } = renderMail(mail)
  expect(subject).toBe(`<img src=x> Bcc: all@example.com invites you to ${'x'.repeat(100)}`)
  expect(html).not.toContain('<img')
})

test('the sender has a name where the operator gave one', async () => {
  const sent: MailMessage[] = []
  const send = async (message: MailMessage) => void sent.push(message)
  for (const from of ['Riwaq <no-reply@riwaq.example>', 'no-reply@riwaq.example']) {
    await createMailer({ send, from, logger: silentLogger }).send({ kind: 'verify-email', locale: 'en', ...facts })
  }
  expect(sent.map(({ from }) => from)).toEqual([
    { name: 'Riwaq', email: 'no-reply@riwaq.example' },
    'no-reply@riwaq.example',
  ])
})

test('a mail that cannot be sent is told in the log, without its address', async () => {
  const lines: string[] = []
  const logger = {
    ...silentLogger,
    error: (event: string, fields?: object) => void lines.push(event + JSON.stringify(fields)),
  }
  const mailer = createMailer({ send: async () => Promise.reject(new Error('no such binding')), from: 'x@y', logger })
  expect(await mailer.send({ kind: 'verify-email', locale: 'en', ...facts })).toBe(false)
  expect(lines).toEqual(['mail-failed{"kind":"verify-email","internal":"no such binding"}'])
})
