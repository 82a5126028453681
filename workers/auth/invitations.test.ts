import { expect, test } from 'vitest'
import { joinAs } from './joining.ts'
import { createTestAuth } from './testing.ts'

const INVITATIONS = '/api/organizations/current/invitations'
const idIn = (text: string) => new URL(/https?:\/\/\S+/.exec(text)![0]).searchParams.get('id')

test('an invitation reaches the invited in their language and shows who invites them to what', async () => {
  const auth = createTestAuth()
  const { owner } = await joinAs(auth)
  const huda = await auth.signUp('Huda')
  await huda.call('/api/account', { method: 'PATCH', body: { locale: 'ar' } })
  await owner.call(INVITATIONS, { body: { email: 'HUDA@example.com', role: 'billing' } })

  const mail = auth.mails.at(-1)!
  expect(mail.to).toBe('huda@example.com')
  expect(mail.subject).toBe('دعوة من Salma إلى Rihla')
  expect(mail.text).toContain('http://localhost:8787/ar/invitation?id=inv_')
  const { body } = await huda.call(`/api/auth/organization/get-invitation?id=${idIn(mail.text)}`)
  expect(body).toMatchObject({ organizationName: 'Rihla', inviterEmail: 'salma@example.com', role: 'billing' })
})

test('only the invited person can accept', async () => {
  const auth = createTestAuth()
  const { owner } = await joinAs(auth)
  const thief = await auth.signUp('Thief')
  await owner.call(INVITATIONS, { body: { email: 'huda@example.com' } })
  const invitationId = idIn(auth.mails.at(-1)!.text)

  expect((await thief.call('/api/auth/organization/accept-invitation', { body: { invitationId } })).status).toBe(403)
  expect((await thief.call(`/api/auth/organization/get-invitation?id=${invitationId}`)).status).toBe(403)
})

test('inviting again replaces the invitation, and a cancelled one is dead', async () => {
  const auth = createTestAuth()
  const { owner } = await joinAs(auth)
  const huda = await auth.signUp('Huda')
  await owner.call(INVITATIONS, { body: { email: huda.email, role: 'admin' } })
  const first = idIn(auth.mails.at(-1)!.text)
  const { body: second } = await owner.call(INVITATIONS, { body: { email: huda.email, role: 'viewer' } })
  const accept = (invitationId: string | null) =>
    huda.call('/api/auth/organization/accept-invitation', { body: { invitationId } })

  expect((await owner.call(INVITATIONS)).body.data).toMatchObject([{ id: second.id, role: 'viewer' }])
  expect((await accept(first)).status).toBe(400)
  expect((await owner.call(`${INVITATIONS}/${second.id}`, { method: 'DELETE' })).status).toBe(204)
  expect((await accept(second.id)).status).toBe(400)
  expect((await owner.call(`${INVITATIONS}/${second.id}`, { method: 'DELETE' })).body.code).toBe('not_found')
})

test('nobody is invited twice over, to a personal organization, or to one of others', async () => {
  const auth = createTestAuth()
  const { owner, join } = await joinAs(auth)
  const omar = await join('Omar', 'member')
  expect((await owner.call(INVITATIONS, { body: { email: omar.email } })).body.code).toBe('conflict')
  const loner = await auth.signUp('Loner')
  expect((await loner.call(INVITATIONS, { body: { email: 'x@example.com' } })).body.code).toBe('conflict')
  const { body: pending } = await owner.call(INVITATIONS, { body: { email: 'new@example.com' } })
  await loner.call('/api/auth/organization/create', { body: { name: 'Other', slug: 'other' } })
  expect((await loner.call(`${INVITATIONS}/${pending.id}`, { method: 'DELETE' })).body.code).toBe('not_found')
})

test('names in a mail cannot bring markup or lines of their own', async () => {
  const auth = createTestAuth()
  const { owner } = await joinAs(auth)
  await owner.call('/api/organizations/current', {
    method: 'PATCH',
    body: { name: '<b>Rihla</b>\r\nBcc: all@example.com' },
  })
  await owner.call(INVITATIONS, { body: { email: 'new@example.com' } })

  const { html, subject } = auth.mails.at(-1)!
  expect(html).not.toContain('<b>Rihla')
  expect(subject).not.toMatch(/[\r\n]/)
})
