import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { sessions } from '#db/schema/auth'
import { createTestAuth } from './testing.ts'

const DAY = 86_400_000

test('whoever keeps coming stays signed in: a session that is a day old is lengthened', async () => {
  const auth = createTestAuth()
  const salma = await auth.signUp()
  expect((await salma.call('/api/account')).headers.has('set-cookie')).toBe(false)

  await auth.ctx.db
    .update(sessions)
    .set({ expiresAt: new Date(Date.now() + 28 * DAY) })
    .where(eq(sessions.userId, salma.userId))
  const answer = await salma.call('/api/account')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('set-cookie')).toMatch(/^riwaq\.session_token=.*Max-Age=2592000/)
  const [session] = await auth.ctx.db.select().from(sessions)
  expect(session!.expiresAt.getTime()).toBeGreaterThan(Date.now() + 29 * DAY)
})
