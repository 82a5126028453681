import { useState } from 'preact/hooks'
import type { Unit } from '#shared/lib/money'
import { listModels } from '../../api/models.ts'
import type { Model } from '../../api/models.ts'
import { useResource } from '../../api/use-resource.ts'
import { formatCompact } from '../../i18n/format-number.ts'
import { Badge } from '../../ui/badge.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Field } from '../../ui/field.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Money } from '../../ui/money.tsx'
import { Note } from '../../ui/note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { picturePrices } from '../models/picture-prices.ts'
import { matchingModels } from './matching-models.ts'

/** The models that this deployment offers. */
export function Models() {
  const t = useTranslate()
  const [filter, setFilter] = useState('')
  const { data, problem, reload } = useResource('models', listModels)
  if (problem) return <ErrorState problem={problem} onRetry={reload} compact />
  if (data === null) return <Skeleton lines={6} />
  const shown = matchingModels(data, filter)
  return (
    <div class="stack">
      <p class="muted small">{t('admin.models-text')}</p>
      {data.every(({ sandbox }) => sandbox) && <Note>{t('admin.models-sandbox-only')}</Note>}
      {data.length > 8 && (
        <Field
          label={t('admin.models-search')}
          type="search"
          value={filter}
          onInput={setFilter}
          autocomplete="off"
          spellcheck={false}
        />
      )}
      {shown.length === 0 ? <p class="muted">{t('admin.models-none')}</p> : <ModelTable models={shown} />}
    </div>
  )
}

function ModelTable({ models }: { models: Model[] }) {
  const t = useTranslate()
  const locale = useLocale()
  return (
    <DataTable
      caption={t('admin.tab-models')}
      rows={models}
      idOf={({ id }) => id}
      columns={[
        {
          name: 'model',
          heading: t('admin.model'),
          title: true,
          cell: ({ id, name }) => (
            <span class="admin-service-name">
              <bdi>{name}</bdi>
              <code>{id}</code>
            </span>
          ),
        },
        { name: 'vendor', heading: t('admin.vendor'), cell: ({ owned_by }) => <bdi>{owned_by}</bdi> },
        {
          name: 'context',
          heading: t('admin.context'),
          numeric: true,
          // Who makes pictures has none.
          cell: ({ context_window }) => (context_window > 0 ? formatCompact(locale, context_window) : '—'),
        },
        {
          name: 'input',
          heading: t('admin.price-input'),
          numeric: true,
          cell: (model) => <Price model={model} unit="input_tokens" />,
        },
        {
          name: 'output',
          heading: t('admin.price-output'),
          numeric: true,
          cell: (model) =>
            model.kind === 'image' ? <PicturePrice model={model} /> : <Price model={model} unit="output_tokens" />,
        },
      ]}
    />
  )
}

function Price({ model, unit }: { model: Model; unit: Unit }) {
  const t = useTranslate()
  if (!model.price) return <Badge tone="warning">{t('admin.no-price')}</Badge>
  const micros = model.price.prices[unit]
  // It says no words, or reads none: there is nothing to price.
  return micros === undefined ? '—' : <Money micros={micros} />
}

/** The cheapest, of a usual size. */
function PicturePrice({ model }: { model: Model }) {
  const t = useTranslate()
  const [cheapest] = picturePrices(model)
  if (!cheapest) return <Badge tone="warning">{t('admin.no-price')}</Badge>
  return (
    <>
      <Money micros={cheapest.micros} /> <span class="small muted">{t('models.picture-price')}</span>
    </>
  )
}
