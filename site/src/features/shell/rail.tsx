import type { Account } from '../../api/account.ts'
import { localized } from '../../i18n/paths.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import type { IconName } from '../../ui/icon-paths.ts'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Logo } from '../../ui/logo.tsx'
import { groupsFor } from './sections.ts'
import type { Section } from './sections.ts'

export const railId = 'navigation'

/** Where one can go: beside the page on wide screens, a drawer on narrow ones. */
export function Rail({ section, account }: { section: Section; account: Account | null }) {
  const t = useTranslate()
  const locale = useLocale()
  return (
    <nav class="rail" id={railId} popover="auto" aria-label={t('shell.main-navigation')}>
      <div class="rail-head">
        <a class="rail-home" href={localized(locale, '/')}>
          <Logo size={32} />
          <span class="rail-home-name">{t('app.name')}</span>
        </a>
        <Button class="narrow-only" variant="ghost" iconOnly icon="close" popovertarget={railId}>
          {t('shell.close-navigation')}
        </Button>
      </div>
      {groupsFor(account).map(({ group, destinations }) => (
        <div key={group} class="rail-group">
          {group !== 'own' && (
            <p class="rail-heading" id={`rail-${group}`}>
              {t(`shell.group-${group}`)}
            </p>
          )}
          <ul class="rail-list" role="list" aria-labelledby={group === 'own' ? undefined : `rail-${group}`}>
            {destinations.map((destination) => (
              <RailLink
                key={destination.section}
                href={localized(locale, destination.path)}
                icon={destination.icon}
                label={t(destination.label)}
                current={destination.section === section}
              />
            ))}
          </ul>
        </div>
      ))}
      <ul class="rail-list rail-list-end" role="list">
        <RailLink href={localized(locale, '/models')} icon="prices" label={t('shell.prices')} />
        <RailLink href={localized(locale, '/docs/')} icon="docs" label={t('shell.docs')} />
      </ul>
    </nav>
  )
}

function RailLink({
  href,
  icon,
  label,
  current = false,
}: {
  href: string
  icon: IconName
  label: string
  current?: boolean
}) {
  return (
    <li>
      <a class="rail-link" href={href} aria-current={current ? 'page' : undefined}>
        <Icon name={icon} size={22} />
        <span>{label}</span>
      </a>
    </li>
  )
}
