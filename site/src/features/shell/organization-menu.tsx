import type { Account } from '../../api/account.ts'
import { listOrganizations, setActiveOrganization } from '../../api/auth.ts'
import { toApiProblem } from '../../api/api-problem.ts'
import { useResource } from '../../api/use-resource.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Menu } from '../../ui/menu.tsx'
import { problemSentence } from '../../ui/problem-sentence.ts'
import { toast } from '../../ui/toasts.ts'

interface OrganizationMenuProps {
  current: Account['organization'] | null
  onCreate: () => void
}

/** For whom one acts. Another organization means other conversations, keys and money: the page starts anew. */
export function OrganizationMenu({ current, onCreate }: OrganizationMenuProps) {
  const t = useTranslate()
  const locale = useLocale()
  const { data } = useResource(current ? 'organizations' : null, listOrganizations)

  const act = async (organizationId: string) => {
    if (organizationId === current?.id) return
    try {
      await setActiveOrganization(organizationId)
      window.location.assign(window.location.pathname)
    } catch (error) {
      toast({ tone: 'danger', text: problemSentence(locale, toApiProblem(error)) })
    }
  }
  if (!current) return <span class="org-name" />
  return (
    <Menu
      label={t('shell.switch-organization')}
      align="start"
      class="org-switch"
      items={[
        ...(data ?? [current]).map((organization) => ({
          label: organization.name,
          checked: organization.id === current.id,
          onSelect: () => void act(organization.id),
        })),
        { separator: true as const },
        { label: t('shell.new-organization'), icon: 'plus' as const, onSelect: onCreate },
      ]}
    >
      <Avatar name={current.name} square size="sm" />
      <span class="org-name">{current.name}</span>
      <Icon name="chevron-down" size={16} />
    </Menu>
  )
}
