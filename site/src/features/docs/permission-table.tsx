import { permissions, roleMay, roles } from '#shared/contracts/permissions'
import type { Action } from '#shared/contracts/permissions'
import type { Locale } from '../../i18n/locales.ts'
import { translator } from '../../i18n/translate.ts'
import { Icon } from '../../ui/icon.tsx'

/** The table that is enforced, as it is. */
export function PermissionTable({ locale }: { locale: Locale }) {
  const t = translator(locale)
  const actions = Object.keys(permissions) as Action[]
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={t('docs.table-scroll')}>
      <table class="table">
        <thead>
          <tr>
            <th scope="col">{t('docs.action')}</th>
            {roles.map((role) => (
              <th key={role} scope="col">
                {t(`role.${role}`)}
              </th>
            ))}
            <th scope="col">{t('docs.scope')}</th>
          </tr>
        </thead>
        <tbody>
          {actions.map((action) => (
            <tr key={action}>
              <th scope="row">
                <code>{action}</code>
              </th>
              {roles.map((role) => (
                <td key={role}>{roleMay(role, action) ? <Allowed label={t('docs.yes')} /> : <span class="visually-hidden">{t('docs.no')}</span>}</td>
              ))}
              <td>{permissions[action].scope ? <code>{permissions[action].scope}</code> : t('docs.person-only')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Allowed({ label }: { label: string }) {
  return (
    <>
      <Icon name="check" size={18} />
      <span class="visually-hidden">{label}</span>
    </>
  )
}
