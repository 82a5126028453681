// Better Auth's roles, derived from the one permission table. Its own routes that change members, roles or
// invitations are not reachable; this is what it consults for the few that are.
import { createAccessControl } from 'better-auth/plugins/access'
import { roleMay, roles, type Role } from '#shared/contracts/permissions'

const statements = {
  organization: ['update', 'delete'],
  member: ['create', 'update', 'delete'],
  invitation: ['create', 'cancel'],
} as const

export const accessControl = createAccessControl(statements)

function permissionsOf(role: Role) {
  const manages = roleMay(role, 'members.manage')
  return accessControl.newRole({
    organization: [
      ...(roleMay(role, 'organization.update') ? (['update'] as const) : []),
      ...(roleMay(role, 'organization.delete') ? (['delete'] as const) : []),
    ],
    member: manages ? ['create', 'update', 'delete'] : [],
    invitation: manages ? ['create', 'cancel'] : [],
  })
}

export const organizationRoles = Object.fromEntries(roles.map((role) => [role, permissionsOf(role)])) as Record<
  Role,
  ReturnType<typeof permissionsOf>
>
