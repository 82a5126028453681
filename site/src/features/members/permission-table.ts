// The platform's own permission table, in the order of its rows, as something to read.
import { permissions, roleMay, roles } from '#shared/contracts/permissions'
import type { Action, Role } from '#shared/contracts/permissions'
import type { Key } from '../../i18n/locales.ts'

export interface PermissionRow {
  action: Action
  sentence: Key
  allowed: { role: Role; may: boolean }[]
}

/** `usage.read-own` → the sentence `members.may-usage-read-own`. */
export const sentenceOf = (action: Action): Key => `members.may-${action.replaceAll('.', '-')}` as Key

export const permissionRows = (): PermissionRow[] =>
  (Object.keys(permissions) as Action[]).map((action) => ({
    action,
    sentence: sentenceOf(action),
    allowed: roles.map((role) => ({ role, may: roleMay(role, action) })),
  }))
