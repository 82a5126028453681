import { roles } from '#shared/contracts/permissions'
import { account } from '../../api/account.ts'
import { Icon } from '../../ui/icon.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { permissionRows } from './permission-table.ts'

/** What each role may do, from the very table that the platform enforces. */
export function Roles() {
  const t = useTranslate()
  const mine = account.value?.organization.role
  return (
    <div class="stack">
      <div>
        <h2 class="members-subhead">{t('members.roles-title')}</h2>
        <p class="muted small">{t('members.roles-text')}</p>
      </div>
      <div class="table-scroll" tabIndex={0} role="region" aria-label={t('members.roles-title')}>
        <table class="table members-roles">
          <thead>
            <tr>
              <th scope="col">{t('members.permission')}</th>
              {roles.map((role) => (
                <th key={role} scope="col" class={role === mine ? 'is-mine' : undefined}>
                  {t(`role.${role}`)} {role === mine && <span class="members-mine">({t('members.you')})</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {permissionRows().map(({ action, sentence, allowed }) => (
              <tr key={action}>
                <th scope="row">{t(sentence)}</th>
                {allowed.map(({ role, may }) => (
                  <td key={role} class={role === mine ? 'is-mine' : undefined}>
                    {may ? <Icon name="check" size={18} /> : <span aria-hidden="true">–</span>}
                    <span class="visually-hidden">{may ? t('members.allowed') : t('members.not-allowed')}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
