import { expect, test } from 'vitest'
import { permissions, roleMay } from '#shared/contracts/permissions'
import { dictionaries, localeTags } from '../../i18n/locales.ts'
import { permissionRows } from './permission-table.ts'

test('the table shows every permission there is, as it is enforced', () => {
  const rows = permissionRows()
  expect(rows.map(({ action }) => action)).toEqual(Object.keys(permissions))
  for (const { action, allowed } of rows) {
    for (const { role, may } of allowed) expect(may).toBe(roleMay(role, action))
  }
})

test.each(localeTags)('every permission has its sentence in %s', (locale) => {
  const missing = permissionRows().filter(({ sentence }) => !(sentence in dictionaries[locale]!))
  expect(missing).toEqual([])
})
