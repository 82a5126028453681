import { useState } from 'preact/hooks'
import { listModels } from '../../api/models.ts'
import type { Model } from '../../api/models.ts'
import { signInPath } from '../../api/next-path.ts'
import { useResource } from '../../api/use-resource.ts'
import { localized } from '../../i18n/paths.ts'
import { LinkButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Field } from '../../ui/field.tsx'
import { island, useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { findModels, groupByVendor } from './find-models.ts'
import { VendorTable } from './vendor-table.tsx'

function Models() {
  const t = useTranslate()
  const { data, problem, reload } = useResource('models', listModels)
  if (problem?.status === 401) return <SignInFirst />
  if (problem && !data) return <ErrorState problem={problem} onRetry={reload} />
  if (!data) return <Skeleton lines={12} />
  if (data.length === 0)
    return <EmptyState icon="prices" title={t('models.empty-title')} text={t('models.empty-text')} />
  return <Catalogue models={data} />
}

function SignInFirst() {
  const t = useTranslate()
  const locale = useLocale()
  const action = (
    <LinkButton variant="primary" href={signInPath(locale, localized(locale, '/models'))}>
      {t('public.sign-in')}
    </LinkButton>
  )
  return <EmptyState icon="prices" title={t('models.sign-in-title')} text={t('models.sign-in-text')} action={action} />
}

function Catalogue({ models }: { models: Model[] }) {
  const t = useTranslate()
  const [search, setSearch] = useState('')
  const found = findModels(models, search)
  return (
    <div class="stack">
      <div class="models-tools">
        <Field label={t('models.search')} type="search" value={search} onInput={setSearch} latin />
        <p class="muted small" role="status">
          {t('models.count', { count: found.length })}
        </p>
      </div>
      {found.length === 0 && (
        <EmptyState icon="search" title={t('models.none-title')} text={t('models.none-text')} compact />
      )}
      {groupByVendor(found).map((group) => (
        <VendorTable key={group.vendor} group={group} />
      ))}
    </div>
  )
}

export const ModelsIsland = island(Models)
