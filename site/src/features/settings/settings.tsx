import { account } from '../../api/account.ts'
import { island, useTranslate } from '../../ui/locale-context.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'

function Settings() {
  const t = useTranslate()
  return <div class="stack"><h1>{t('shell.settings')}</h1>{account.value ? account.value.user.name : <Skeleton />}</div>
}

export const SettingsIsland = island(Settings)
