import type { Action } from '#shared/contracts/permissions'
import type { Key } from '../../i18n/locales.ts'
import type { IconName } from '../../ui/icon-paths.ts'

export type Section =
  | 'chat'
  | 'images'
  | 'library'
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

/** What belongs together in the rail, in its order. The last has no heading: it is everyone's own. */
export const groups = ['work', 'organization', 'money', 'operator', 'own'] as const
export type Group = (typeof groups)[number]

export interface Destination {
  section: Section
  group: Group
  path: string
  label: Key
  icon: IconName
  /** Shown to whoever may do this; to everyone while it is not known who is asking. */
  needs?: Action
  platformAdmin?: true
}

const of =
  (group: Group) =>
  (section: Section, facts: Pick<Destination, 'label' | 'icon'> & Partial<Destination>): Destination => ({
    section,
    group,
    path: `/${section}`,
    ...facts,
  })
const work = of('work')
const organization = of('organization')
const money = of('money')
const operator = of('operator')
const own = of('own')

export const destinations: readonly Destination[] = [
  work('chat', { label: 'shell.chat', icon: 'chat', needs: 'conversations.use' }),
  work('images', { label: 'shell.images', icon: 'images', needs: 'images.use' }),
  work('library', { label: 'shell.library', icon: 'library', needs: 'library.use' }),
  work('playground', { label: 'shell.playground', icon: 'playground', needs: 'chat.use' }),
  organization('keys', { label: 'shell.keys', icon: 'keys', needs: 'keys.use' }),
  organization('members', { label: 'shell.members', icon: 'members', needs: 'members.read' }),
  organization('limits', { label: 'shell.limits', icon: 'limits', needs: 'organization.read' }),
  organization('policies', { label: 'shell.policies', icon: 'policies', needs: 'policy.read' }),
  organization('provider-keys', {
    label: 'shell.provider-keys',
    icon: 'provider-keys',
    needs: 'provider-keys.manage',
  }),
  organization('requests', { label: 'shell.requests', icon: 'requests', needs: 'requests.read' }),
  organization('webhooks', { label: 'shell.webhooks', icon: 'webhooks', needs: 'webhooks.manage' }),
  money('usage', { label: 'shell.usage', icon: 'usage' }),
  money('billing', { label: 'shell.billing', icon: 'billing', needs: 'billing.read' }),
  operator('admin', { label: 'shell.admin', icon: 'admin', platformAdmin: true }),
  operator('operate', { label: 'shell.operate', icon: 'operate', platformAdmin: true }),
  own('settings', { label: 'shell.settings', icon: 'settings' }),
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

/** The same in groups; one of which nothing is shown is left out. */
export function groupsFor(viewer: Viewer | null): { group: Group; destinations: Destination[] }[] {
  const shown = destinationsFor(viewer)
  return groups
    .map((group) => ({ group, destinations: shown.filter((destination) => destination.group === group) }))
    .filter((each) => each.destinations.length > 0)
}
