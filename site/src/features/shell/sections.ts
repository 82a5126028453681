import type { Action } from '#shared/contracts/permissions'
import type { Key } from '../../i18n/locales.ts'
import type { IconName } from '../../ui/icon-paths.ts'

export type Section =
  | 'chat'
  | 'playground'
  | 'usage'
  | 'billing'
  | 'keys'
  | 'members'
  | 'limits'
  | 'policies'
  | 'provider-keys'
  | 'webhooks'
  | 'requests'
  | 'settings'
  | 'admin'
  | 'operate'

export interface Destination {
  section: Section
  path: string
  label: Key
  icon: IconName
  /** Shown to whoever may do this; to everyone while it is not known who is asking. */
  needs?: Action
  platformAdmin?: true
}

export const destinations: readonly Destination[] = [
  { section: 'chat', path: '/chat', label: 'shell.chat', icon: 'chat', needs: 'conversations.use' },
  { section: 'playground', path: '/playground', label: 'shell.playground', icon: 'playground', needs: 'chat.use' },
  { section: 'usage', path: '/usage', label: 'shell.usage', icon: 'usage' },
  { section: 'billing', path: '/billing', label: 'shell.billing', icon: 'billing', needs: 'billing.read' },
  { section: 'keys', path: '/keys', label: 'shell.keys', icon: 'keys', needs: 'keys.use' },
  { section: 'members', path: '/members', label: 'shell.members', icon: 'members', needs: 'members.read' },
  { section: 'limits', path: '/limits', label: 'shell.limits', icon: 'limits', needs: 'organization.read' },
  { section: 'policies', path: '/policies', label: 'shell.policies', icon: 'policies', needs: 'policy.read' },
  {
    section: 'provider-keys',
    path: '/provider-keys',
    label: 'shell.provider-keys',
    icon: 'provider-keys',
    needs: 'provider-keys.manage',
  },
  { section: 'requests', path: '/requests', label: 'shell.requests', icon: 'requests', needs: 'requests.read' },
  { section: 'webhooks', path: '/webhooks', label: 'shell.webhooks', icon: 'webhooks', needs: 'webhooks.manage' },
  { section: 'settings', path: '/settings', label: 'shell.settings', icon: 'settings' },
  { section: 'admin', path: '/admin', label: 'shell.admin', icon: 'admin', platformAdmin: true },
  { section: 'operate', path: '/operate', label: 'shell.operate', icon: 'operate', platformAdmin: true },
]

interface Viewer {
  permissions: readonly string[]
  platform_admin: boolean
}

export function destinationsFor(viewer: Viewer | null): Destination[] {
  return destinations.filter(({ needs, platformAdmin }) => {
    if (platformAdmin) return viewer?.platform_admin === true
    return !viewer || !needs || viewer.permissions.includes(needs)
  })
}
