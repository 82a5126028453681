import { expect, test } from 'vitest'
import { mailedNotices, sessions, verifications } from '#db/schema/auth'
import { sweep } from './sweep.ts'
import { createTestAuth, PASSWORD, type TestAuth } from './testing.ts'

const DAY = 86_400_000
const rows = async ({ ctx }: TestAuth) =>
  Promise.all([ctx.db.$count(sessions), ctx.db.$count(verifications), ctx.db.$count(mailedNotices)])

async function aBusyYear() {
  const auth = createTestAuth({ LIMIT_MAIL_ACCOUNT: 'off', LIMIT_SIGN_IN_ACCOUNT: 'off' })
  const salma = await auth.signUp()
  const { ctx } = auth
  const now = ctx.now()
  const at = (index: number) => ({ createdAt: new Date(now), updatedAt: new Date(now), id: `old_${index}` })
  for (let index = 0; index < 150; index++) {
    await ctx.db
      .insert(sessions)
      .values({ ...at(index), token: `t${index}`, userId: salma.userId, expiresAt: new Date(now - DAY) })
    await ctx.db
      .insert(verifications)
      .values({ ...at(index), identifier: `i${index}`, value: 'v', expiresAt: new Date(now - DAY) })
  }
  await ctx.db.insert(mailedNotices).values([
    { noticeId: 'evt_old', userId: salma.userId, startedAt: now - 31 * DAY, sentAt: now - 31 * DAY },
    { noticeId: 'evt_new', userId: salma.userId, startedAt: now - DAY, sentAt: now - DAY },
  ])
  return { auth, salma }
}

test('what has expired goes, a batch at a time, and nothing else', async () => {
  const { auth, salma } = await aBusyYear()
  await sweep(auth.ctx)
  expect(await rows(auth)).toEqual([51, 50, 1])
  await sweep(auth.ctx)
  expect(await rows(auth)).toEqual([1, 0, 1])
  expect((await salma.principal()).kind).toBe('user')
})

test('every sign-in sweeps a batch, after its answer has left', async () => {
  const { auth, salma } = await aBusyYear()
  const again = () =>
    auth.createBrowser().call('/api/auth/sign-in/email', { body: { email: salma.email, password: PASSWORD } })
  await again()
  await again()
  expect(await rows(auth)).toEqual([3, 0, 1])
})

test('a sweep that fails is noted and harms nobody', async () => {
  const { auth, salma } = await aBusyYear()
  auth.ctx.db.batch = () => Promise.reject(new Error('the database is away')) as never
  await expect(sweep(auth.ctx)).resolves.toBeUndefined()
  expect((await salma.principal()).kind).toBe('user')
})
