// Mails about what is worth telling: to those who look after the organization's money, each in their own language.
// A notice may come several times; who has been mailed of it is written down before and after the mail goes out.
import { and, eq, inArray, isNull, lt } from 'drizzle-orm'
import { z } from 'zod'
import { mailedNotices, members, organizations, users } from '#db/schema/auth'
import type { Locale, MailedNotice } from '#shared/contracts/account'
import { BudgetPeriod } from '#shared/contracts/budget-fields'
import type { BudgetNoticeData, Notice, NoticeType } from '#shared/contracts/notices'
import type { Role } from '#shared/contracts/permissions'
import { localeOf } from './account-mails.ts'
import type { SystemContext } from './context.ts'
import { toBudgetFacts } from './mail/budget-facts.ts'
import type { BudgetFacts, MailKind } from './mail/sentences.ts'
import { toUsageFacts, UsageNoticeData } from './mail/usage-sentences.ts'
import { nameOfAccount } from './name-of-account.ts'

const money: Role[] = ['owner', 'admin', 'billing']
const managers: Role[] = ['owner', 'admin']
const payers: Role[] = ['owner', 'billing']

interface MailOf {
  kind: MailKind
  to: Role[]
  page: string
}

const mails: Partial<Record<NoticeType, MailOf>> = {
  'budget.threshold_reached': { kind: 'budget-threshold', to: money, page: '/limits' },
  'budget.exceeded': { kind: 'budget-exceeded', to: money, page: '/limits' },
  'credit.exhausted': { kind: 'credit-exhausted', to: money, page: '/usage' },
  'webhook.disabled': { kind: 'webhook-disabled', to: managers, page: '/webhooks' },
  'usage.threshold_reached': { kind: 'usage-threshold', to: money, page: '/usage' },
  'credit.taken_back': { kind: 'credit-taken-back', to: payers, page: '/billing' },
  'subscription.activated': { kind: 'subscription-activated', to: payers, page: '/billing' },
  'subscription.changed': { kind: 'subscription-changed', to: payers, page: '/billing' },
  'subscription.trial_ending': { kind: 'trial-ending', to: payers, page: '/billing' },
  'subscription.canceled': { kind: 'subscription-canceled', to: payers, page: '/billing' },
  'invoice.paid': { kind: 'invoice-paid', to: payers, page: '/billing' },
  'payment.failed': { kind: 'payment-failed', to: payers, page: '/billing' },
  'payment.overdue': { kind: 'payment-overdue', to: payers, page: '/billing' },
  'payment.recovered': { kind: 'payment-recovered', to: payers, page: '/billing' },
  'top_up.succeeded': { kind: 'top-up-succeeded', to: payers, page: '/billing' },
  'top_up.failed': { kind: 'top-up-failed', to: payers, page: '/billing' },
  'dispute.opened': { kind: 'dispute-opened', to: payers, page: '/billing' },
  'dispute.closed': { kind: 'dispute-closed', to: payers, page: '/billing' },
  'refund.made': { kind: 'refund-made', to: payers, page: '/billing' },
}

const BudgetData = z.object({
  account: z.string().regex(/^(?:organization|(?:key|member|model):.+)$/),
  limit_micros: z.number().int(),
  spent_micros: z.number().int(),
  period: BudgetPeriod,
  resets_at: z.number().int().nullable(),
  percent: z.number().optional(),
})

/** A Worker that has not said how it went after this long was lost. */
const LOST_AFTER_MS = 5 * 60_000

type Reader = typeof users.$inferSelect

async function readersOf({ notice, to, ctx }: { notice: Notice; to: Role[]; ctx: SystemContext }): Promise<Reader[]> {
  const rows = await ctx.db
    .select({ user: users })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.organizationId, notice.organizationId), inArray(members.role, to)))
  return rows.map(({ user }) => user)
}

interface Claim {
  noticeId: string
  userId: string
  ctx: SystemContext
}

const isClaim = ({ noticeId, userId }: Claim) =>
  and(eq(mailedNotices.noticeId, noticeId), eq(mailedNotices.userId, userId))

/** True for whoever is to send it: of several who ask at once, one. */
async function claim(asked: Claim): Promise<boolean> {
  const { noticeId, userId, ctx } = asked
  const startedAt = ctx.now()
  const mine = await ctx.db
    .insert(mailedNotices)
    .values({ noticeId, userId, startedAt })
    .onConflictDoUpdate({
      target: [mailedNotices.noticeId, mailedNotices.userId],
      set: { startedAt },
      setWhere: and(isNull(mailedNotices.sentAt), lt(mailedNotices.startedAt, startedAt - LOST_AFTER_MS)),
    })
    .returning({ userId: mailedNotices.userId })
  return mine.length > 0
}

const wasSent = async (asked: Claim): Promise<boolean> => {
  const [row] = await asked.ctx.db.select({ sentAt: mailedNotices.sentAt }).from(mailedNotices).where(isClaim(asked))
  return row !== undefined && row.sentAt !== null
}

/** How it went is written down; what could not be sent may be tried again. */
async function keepOutcome(sent: boolean, asked: Claim): Promise<void> {
  const { ctx } = asked
  if (sent) await ctx.db.update(mailedNotices).set({ sentAt: ctx.now() }).where(isClaim(asked))
  else await ctx.db.delete(mailedNotices).where(isClaim(asked))
}

type Figures = (locale: Locale) => BudgetFacts

interface Letter extends MailOf {
  notice: Notice
  organization: string
  /** Its figures, in a reader's language. */
  figures: Figures | null
  ctx: SystemContext
}

async function tell(reader: Reader, { notice, kind, page, organization, figures, ctx }: Letter): Promise<boolean> {
  const asked = { noticeId: notice.id, userId: reader.id, ctx }
  if (!(await claim(asked))) return wasSent(asked)
  const locale = localeOf(reader)
  const sent = await ctx.mailer.send({
    to: reader.email,
    kind,
    locale,
    name: reader.name,
    organization,
    url: `${ctx.settings.siteUrl}/${locale}${page}`,
    ...(figures && { budget: figures(locale) }),
  })
  await keepOutcome(sent, asked)
  return sent
}

/** Null where a notice's mail tells no figures. */
function schemaOf(type: NoticeType): typeof BudgetData | typeof UsageNoticeData | null {
  if (type === 'usage.threshold_reached') return UsageNoticeData
  return type.startsWith('budget.') ? BudgetData : null
}

async function figuresOf({
  notice: { organizationId },
  data,
  ctx,
}: {
  notice: Notice
  data: z.infer<typeof BudgetData> | UsageNoticeData
  ctx: SystemContext
}): Promise<Figures> {
  if (!('account' in data)) return (locale) => toUsageFacts(data, locale)
  const budget = data as BudgetNoticeData
  const name = await nameOfAccount({ organizationId, account: budget.account, ctx })
  return (locale) => toBudgetFacts({ data: budget, name, locale })
}

export async function mailNotice({ notice, ctx }: { notice: Notice; ctx: SystemContext }): Promise<MailedNotice> {
  const nobody = { mailed: 0, failed: 0 }
  const mail = mails[notice.type]
  if (!mail) return nobody
  const schema = schemaOf(notice.type)
  const parsed = schema?.safeParse(notice.data)
  if (parsed?.success === false) {
    ctx.logger.error('notice-unreadable', { notice: notice.id, type: notice.type, internal: parsed.error.message })
    return nobody
  }
  const { organizationId } = notice
  const [organization] = await ctx.db
    .select({ name: organizations.name })
    .from(organizations)
    .where(eq(organizations.id, organizationId))
  if (!organization) return nobody
  const figures = parsed ? await figuresOf({ notice, data: parsed.data, ctx }) : null
  const letter: Letter = { ...mail, notice, organization: organization.name, figures, ctx }
  const outcome = { ...nobody }
  for (const reader of await readersOf({ notice, to: mail.to, ctx })) {
    if (await tell(reader, letter)) outcome.mailed += 1
    else outcome.failed += 1
  }
  return outcome
}
