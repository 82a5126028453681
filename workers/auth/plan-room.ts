// What an organization's plan says about its members and its end. Asked of billing, which knows the plan.
import { APIError } from 'better-auth/api'
import { and, eq, gt, ne } from 'drizzle-orm'
import { invitations, members } from '#db/schema/auth'
import { conflict, isProblem, Problem, serviceUnavailable } from '#shared/http/problems'
import { inBackground } from './background.ts'
import type { SystemContext } from './context.ts'
import type { BillingAnswers } from './env.ts'

interface Asked {
  organizationId: string
  ctx: SystemContext
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

async function askBilling<T>(ctx: SystemContext, question: (billing: BillingAnswers) => Promise<T>): Promise<T> {
  try {
    return await question(ctx.billing)
  } catch (error) {
    throw isProblem(error) ? error : serviceUnavailable('The billing service', reasonOf(error))
  }
}

/** A new organization's ledger is told its plan. Without it nothing is limited, until something changes the plan. */
export function welcomeToPlan({ organizationId, ctx }: Asked): void {
  const told = ctx.billing.welcome({ organizationId }).catch((error: unknown) => {
    ctx.logger.warn('plan-not-told', { organization_id: organizationId, internal: reasonOf(error) })
  })
  inBackground(told)
}

async function requireRoomFor({ people, organizationId, ctx }: Asked & { people: number }): Promise<void> {
  const { seats } = await askBilling(ctx, (billing) => billing.seatsOf({ organizationId }))
  if (seats === null || people <= seats) return
  throw new Problem(
    'seats_exhausted',
    `The plan has room for ${seats} members. Whoever looks after billing can change the plan or buy more seats.`,
    { facts: { seats } },
  )
}

const countMembers = ({ organizationId, ctx }: Asked): Promise<number> =>
  ctx.db.$count(members, eq(members.organizationId, organizationId))

/** An invitation holds a seat until it ends; inviting somebody again takes no other. */
export async function requireSeatToInvite({ email, ...asked }: Asked & { email: string }): Promise<void> {
  const { organizationId, ctx } = asked
  const others = await ctx.db.$count(
    invitations,
    and(
      eq(invitations.organizationId, organizationId),
      eq(invitations.status, 'pending'),
      gt(invitations.expiresAt, new Date(ctx.now())),
      ne(invitations.email, email),
    ),
  )
  await requireRoomFor({ ...asked, people: (await countMembers(asked)) + others + 1 })
}

/** The plan may have become smaller since the invitation. In the words of the engine that asks. */
export async function requireSeatToJoin(asked: Asked): Promise<void> {
  try {
    await requireRoomFor({ ...asked, people: (await countMembers(asked)) + 1 })
  } catch (error) {
    if (!isProblem(error)) throw error
    const isFull = error.code === 'seats_exhausted'
    throw new APIError(isFull ? 'CONFLICT' : 'SERVICE_UNAVAILABLE', {
      code: isFull ? 'SEATS_EXHAUSTED' : 'SERVICE_UNAVAILABLE',
      message: error.message,
    })
  }
}

/** Who pays for something that goes on would go on paying for nothing. */
export async function requireNoSubscription({ name, organizationId, ctx }: Asked & { name: string }): Promise<void> {
  if (!(await askBilling(ctx, (billing) => billing.subscribed({ organizationId })))) return
  throw conflict(
    `“${name}” has a subscription that goes on. Cancel it on the billing page first: then nothing more is charged.`,
  )
}
