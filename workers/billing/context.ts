// What the verbs of this service need, made from the environment and the principal. The only file that knows both.
import type { Context } from 'hono'
import type { AuthQuestions } from '#shared/contracts/account'
import type { LedgerRpc } from '#shared/contracts/ledger'
import type { Principal } from '#shared/contracts/principal'
import type { ServiceBindings, ServiceEnv } from '#shared/http/create-service-app'
import { objectOf, type Objects, type RegionSettings } from '#shared/lib/object-of'
import { systemClock, type Clock } from '#shared/lib/clock'
import { createBook, type Book } from './repository.ts'

export interface BillingEnv extends ServiceBindings, RegionSettings {
  DB: D1Database
  LEDGER: Objects<LedgerRpc>
  AUTH_RPC: Pick<AuthQuestions, 'roleOf'>
}

export interface BillingContext {
  principal: Principal
  ledgerOf(organizationId: string): LedgerRpc
  roleOf: AuthQuestions['roleOf']
  clock: Clock
}

export const billingContext = (c: Context<ServiceEnv<BillingEnv>>): BillingContext => ({
  principal: c.get('principal'),
  ledgerOf: (organizationId) => objectOf(c.env.LEDGER, { organizationId, settings: c.env }),
  roleOf: (input) => c.env.AUTH_RPC.roleOf(input),
  clock: systemClock,
})

export const bookOf = (env: BillingEnv): Book => createBook(env.DB)
