// Owner: auth. People, their sessions and organizations, and what was done to them. API keys are not here:
// they live in their organization's ledger alone.
import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { id, instant, milliseconds, timestamps } from '../columns.ts'

export const users = sqliteTable('users', {
  id: id(),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
  emailVerified: integer('email_verified', { mode: 'boolean' }).notNull().default(false),
  image: text('image'),
  /** BCP-47: the language of their mails. */
  locale: text('locale').notNull().default('en'),
  twoFactorEnabled: integer('two_factor_enabled', { mode: 'boolean' }).notNull().default(false),
  /** Where they last worked: the active organization of their next session. */
  lastOrganizationId: text('last_organization_id'),
  ...timestamps(),
})

export const sessions = sqliteTable(
  'sessions',
  {
    id: id(),
    token: text('token').notNull().unique(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    activeOrganizationId: text('active_organization_id'),
    expiresAt: instant('expires_at').notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    ...timestamps(),
  },
  (table) => [index('sessions_user').on(table.userId), index('sessions_expiry').on(table.expiresAt)],
)

/** A way to sign in; a password is one of them. */
export const accounts = sqliteTable(
  'accounts',
  {
    id: id(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: instant('access_token_expires_at'),
    refreshTokenExpiresAt: instant('refresh_token_expires_at'),
    scope: text('scope'),
    password: text('password'),
    ...timestamps(),
  },
  (table) => [uniqueIndex('accounts_provider').on(table.userId, table.providerId)],
)

export const verifications = sqliteTable(
  'verifications',
  {
    id: id(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: instant('expires_at').notNull(),
    ...timestamps(),
  },
  (table) => [
    index('verifications_identifier').on(table.identifier),
    index('verifications_expiry').on(table.expiresAt),
  ],
)

export const organizations = sqliteTable('organizations', {
  id: id(),
  name: text('name').notNull(),
  slug: text('slug').notNull().unique(),
  logo: text('logo'),
  metadata: text('metadata'),
  /** Whose own organization this is; null for those made on purpose. Each user has exactly one. */
  personalUserId: text('personal_user_id')
    .unique()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** When the ledger confirmed the sign-up credit; null until then, and for organizations that get none. */
  creditGrantedAt: milliseconds('credit_granted_at'),
  /** What the ledger was told last, to be shown; the ledger's own is what counts. */
  requestsPerMinute: integer('requests_per_minute'),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at'),
})

export const members = sqliteTable(
  'members',
  {
    id: id(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text('role', { enum: ['owner', 'admin', 'member', 'billing', 'viewer'] }).notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('members_once').on(table.organizationId, table.userId),
    index('members_user').on(table.userId),
  ],
)

export const invitations = sqliteTable(
  'invitations',
  {
    id: id(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    email: text('email').notNull(),
    role: text('role', { enum: ['owner', 'admin', 'member', 'billing', 'viewer'] }).notNull(),
    status: text('status', { enum: ['pending', 'accepted', 'rejected', 'canceled'] }).notNull(),
    inviterId: text('inviter_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    expiresAt: instant('expires_at').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('invitations_pending')
      .on(table.organizationId, table.email)
      .where(sql`status = 'pending'`),
  ],
)

export const twoFactors = sqliteTable('two_factors', {
  id: id(),
  userId: text('user_id')
    .notNull()
    .unique()
    .references(() => users.id, { onDelete: 'cascade' }),
  secret: text('secret').notNull(),
  backupCodes: text('backup_codes').notNull(),
  verified: integer('verified', { mode: 'boolean' }).notNull().default(true),
  failedVerificationCount: integer('failed_verification_count').notNull().default(0),
  lockedUntil: instant('locked_until'),
})

/** Append-only. It holds ids and never addresses or names, so that it can outlive what it tells of. */
export const auditEvents = sqliteTable(
  'audit_events',
  {
    id: id(),
    at: milliseconds('at').notNull(),
    /** Null for what a person does on their own account or on the platform. */
    organizationId: text('organization_id'),
    actorUserId: text('actor_user_id'),
    actorKeyId: text('actor_key_id'),
    action: text('action').notNull(),
    targetId: text('target_id'),
    /** JSON of small facts: a role, an amount. */
    facts: text('facts', { mode: 'json' }).$type<Record<string, string | number | boolean | null>>(),
    /** A keyed hash: two events can be seen to come from one place without saying which. */
    addressHash: text('address_hash'),
  },
  (table) => [
    index('audit_events_organization').on(table.organizationId, table.id),
    index('audit_events_actor').on(table.actorUserId, table.id),
  ],
)

/** Who has been mailed of what, so that a notice that comes again is not mailed again. */
export const mailedNotices = sqliteTable(
  'mailed_notices',
  {
    noticeId: text('notice_id').notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** When sending it was begun. */
    startedAt: milliseconds('started_at').notNull(),
    /** Null while it is being sent; a Worker that was lost meanwhile leaves it so. */
    sentAt: milliseconds('sent_at'),
  },
  (table) => [primaryKey({ columns: [table.noticeId, table.userId] }), index('mailed_notices_age').on(table.startedAt)],
)
