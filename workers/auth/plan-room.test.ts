import { expect, test } from 'vitest'
import { joinAs } from './joining.ts'
import { createTestAuth, PASSWORD } from './testing.ts'

const INVITATIONS = '/api/organizations/current/invitations'

test('a new organization’s ledger is told its plan, a person’s own and one that is founded', async () => {
  const auth = createTestAuth()
  const { owner, organizationId } = await joinAs(auth)
  expect(auth.billing.welcomed).toEqual([owner.organizationId, organizationId])
})

test('whoever signs up while billing is away has an account all the same', async () => {
  const auth = createTestAuth()
  auth.env.BILLING_RPC.welcome = async () => Promise.reject(new Error('away'))
  expect((await auth.signUp('Amal')).organizationId).toMatch(/^org_/)
})

test('an invitation beyond the room of the plan is refused with its size, and nobody is written to', async () => {
  const auth = createTestAuth()
  const { owner, join } = await joinAs(auth)
  await join('Amal', 'member')
  auth.billing.seats = 3
  const invite = (email: string) => owner.call(INVITATIONS, { body: { email, role: 'member' } })
  expect((await invite('huda@example.com')).status, 'two members and an invitation').toBe(201)
  const mails = auth.mails.length
  expect(await invite('rami@example.com')).toMatchObject({
    status: 409,
    body: { code: 'seats_exhausted', facts: { seats: 3 } },
  })
  expect(auth.mails).toHaveLength(mails)
  expect((await invite('huda@example.com')).status, 'invited again, who is invited already').toBe(201)
})

test('who was invited in time but comes when the plan has become smaller is told so', async () => {
  const auth = createTestAuth()
  const { owner } = await joinAs(auth)
  const rami = await auth.signUp('Rami')
  const { body } = await owner.call(INVITATIONS, { body: { email: rami.email, role: 'member' } })
  auth.billing.seats = 1
  const accept = () => rami.call('/api/auth/organization/accept-invitation', { body: { invitationId: body.id } })
  expect(await accept()).toMatchObject({ status: 409, body: { code: 'SEATS_EXHAUSTED' } })
  auth.billing.seats = 2
  expect((await accept()).status).toBe(200)
})

test('an organization that pays for something that goes on is not deleted before that is cancelled', async () => {
  const auth = createTestAuth()
  const { owner, organizationId } = await joinAs(auth)
  auth.billing.subscribers.add(organizationId)
  const remove = () => owner.call('/api/organizations/current', { method: 'DELETE' })
  expect(await remove()).toMatchObject({
    status: 409,
    body: { code: 'conflict', detail: expect.stringContaining('Cancel it on the billing page') },
  })
  expect((await owner.call('/api/organizations/current')).status).toBe(200)
  auth.billing.subscribers.clear()
  expect((await remove()).status).toBe(204)
})

test('an account whose own organization is subscribed is not deleted, and nothing of it is gone', async () => {
  const auth = createTestAuth()
  const salma = await auth.signUp()
  auth.billing.subscribers.add(salma.organizationId)
  const remove = () => salma.call('/api/account', { method: 'DELETE', body: { password: PASSWORD } })
  expect(await remove()).toMatchObject({ status: 409, body: { code: 'conflict' } })
  expect(auth.erasures).toEqual([])
  auth.billing.subscribers.clear()
  expect((await remove()).status).toBe(204)
})

test('while billing cannot be asked nobody is invited and nothing is deleted, and that is no fault of theirs', async () => {
  const auth = createTestAuth()
  const { owner } = await joinAs(auth)
  auth.billing.failure = new Error('away')
  const answers = [
    await owner.call(INVITATIONS, { body: { email: 'huda@example.com', role: 'member' } }),
    await owner.call('/api/organizations/current', { method: 'DELETE' }),
  ]
  for (const answer of answers) expect(answer).toMatchObject({ status: 503, body: { code: 'service_unavailable' } })
})
