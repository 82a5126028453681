// What a budget's account is called by people. Its id where that cannot be found out.
import { eq } from 'drizzle-orm'
import { users } from '#db/schema/auth'
import type { BudgetAccount, KeyState, Page } from '#shared/contracts/ledger'
import type { SystemContext } from './context.ts'

interface Asked {
  organizationId: string
  account: BudgetAccount
  ctx: SystemContext
}

const PAGE = 100
/** Nobody waits for this, but it ends. */
const MOST_PAGES = 50

async function nameOfKey(id: string, { organizationId, ctx }: Asked): Promise<string | undefined> {
  let cursor: string | undefined
  for (let read = 0; read < MOST_PAGES; read++) {
    const page: Page<KeyState> = await ctx.ledgerOf(organizationId).keys({ limit: PAGE, cursor })
    const found = page.data.find((key) => key.id === id)
    if (found) return found.name
    if (page.nextCursor === null) break
    cursor = page.nextCursor
  }
  return undefined
}

export async function nameOfAccount(asked: Asked): Promise<string> {
  const { account, ctx } = asked
  const id = account.slice(account.indexOf(':') + 1)
  if (account.startsWith('key:')) return (await nameOfKey(id, asked).catch(() => undefined)) ?? id
  if (!account.startsWith('member:')) return id
  const [person] = await ctx.db.select({ name: users.name }).from(users).where(eq(users.id, id))
  return person?.name ?? id
}
