import { drizzle } from 'drizzle-orm/d1'
import { expect, test } from 'vitest'
import { organizations } from '#db/schema/auth'
import * as schema from '#db/schema/auth'
import { createTestDatabase } from '#db/testing'
import { organizationIdsAfter } from './organization-ids.ts'

test('everybody is reached in steps, each once, in order', async () => {
  const db = drizzle(createTestDatabase(), { schema })
  for (const id of ['org_c', 'org_a', 'org_b'])
    await db.insert(organizations).values({ id, name: id, slug: id, createdAt: new Date(0), updatedAt: new Date(0) })
  const step = (after: string) => organizationIdsAfter({ after, limit: 2, ctx: { db } })
  expect(await step('')).toEqual(['org_a', 'org_b'])
  expect(await step('org_b')).toEqual(['org_c'])
  expect(await step('org_c')).toEqual([])
})
