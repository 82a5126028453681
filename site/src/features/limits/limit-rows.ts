// Whom the page shows: every member, whether limited or not, and the models that are.
import type { AccountLimits } from '#shared/contracts/limits'
import type { Member } from '#shared/contracts/organizations'
import { hasLimits, noLimits } from './limit-form.ts'

export interface LimitRow {
  name: string
  /** An address or an id, where it says more than the name. */
  detail: string | null
  limits: AccountLimits
}

type Named = { id: string; name: string }

const limitsOf = (limits: AccountLimits[], account: string): AccountLimits =>
  limits.find((each) => each.account === account) ?? noLimits(account)

export const organizationLimits = (limits: AccountLimits[]): AccountLimits => limitsOf(limits, 'organization')

/** Those with limits first, each group by name. */
export function memberRows(members: Member[], limits: AccountLimits[]): LimitRow[] {
  return members
    .map(({ user_id, name, email }) => ({ name, detail: email, limits: limitsOf(limits, `member:${user_id}`) }))
    .toSorted((a, b) => Number(hasLimits(b.limits)) - Number(hasLimits(a.limits)) || a.name.localeCompare(b.name))
}

const MODEL = 'model:'

export function modelRows(limits: AccountLimits[], models: Named[]): LimitRow[] {
  return limits
    .filter(({ account }) => account.startsWith(MODEL))
    .map((each) => {
      const id = each.account.slice(MODEL.length)
      const name = models.find((model) => model.id === id)?.name
      return { name: name ?? id, detail: name ? id : null, limits: each }
    })
}

/** Models that can still be given limits. */
export const modelsWithout = (limits: AccountLimits[], models: Named[]): Named[] =>
  models.filter(({ id }) => !limits.some(({ account }) => account === `${MODEL}${id}`))

export const modelAccount = (id: string): string => `${MODEL}${id}`
