import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { account, loadAccount, may } from '../../api/account.ts'
import { useResource } from '../../api/use-resource.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { island, useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'
import { useAlive } from '../../ui/use-alive.ts'
import { imagesApi } from './images-calls.ts'
import './images.css'
import { Studio } from './studio.tsx'

function ImagesPage() {
  const t = useTranslate()
  useEffect(() => void loadAccount(), [])
  const models = useResource('image-models', imagesApi.models)
  const styles = useResource('image-styles', imagesApi.styles)
  const alive = useAlive()
  // The page as it was sent knows nobody; it must wake as the same.
  const known = alive ? account.value : null
  if (known && !may('images.use'))
    return (
      <Unusable>
        <Note>{t('images.forbidden', { role: t(`role.${known.organization.role}`) })}</Note>
      </Unusable>
    )
  if (models.problem && !models.data)
    return (
      <Unusable>
        <ErrorState problem={models.problem} onRetry={models.reload} />
      </Unusable>
    )
  if (models.data?.length === 0)
    return (
      <Unusable>
        <EmptyState icon="images" title={t('images.no-models-title')} text={t('images.no-models-text')} />
      </Unusable>
    )
  // Without styles there are none to choose from; everything else goes on.
  return <Studio models={models.data} styles={styles.data ?? (styles.problem ? [] : null)} />
}

function Unusable({ children }: { children: ComponentChildren }) {
  const t = useTranslate()
  return (
    <div class="images-unusable stack">
      <h1>{t('images.title')}</h1>
      {children}
    </div>
  )
}

export const ImagesIsland = island(ImagesPage)
