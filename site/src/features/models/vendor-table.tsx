import type { Model } from '../../api/models.ts'
import { formatCompact, formatMoney, formatNumber } from '../../i18n/format-number.ts'
import type { Key } from '../../i18n/locales.ts'
import { Badge } from '../../ui/badge.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Money } from '../../ui/money.tsx'
import { vendorName } from '../../ui/vendor-names.ts'
import type { VendorGroup } from './find-models.ts'
import { ModelHead } from './model-head.tsx'
import { PictureTable } from './picture-table.tsx'

/** Those that people choose by; the rest is in the reference. */
const shownAbilities = {
  vision: 'models.ability-vision',
  'audio-input': 'models.ability-audio',
  'file-input': 'models.ability-file',
  tools: 'models.ability-tools',
  reasoning: 'models.ability-reasoning',
  'json-schema': 'models.ability-json-schema',
} as const satisfies Partial<Record<Model['abilities'][number], Key>>

export function VendorTable({ group }: { group: VendorGroup }) {
  const name = vendorName(group.vendor)
  const pictures = group.models.filter(({ kind }) => kind === 'image')
  const counted = group.models.filter(({ kind }) => kind !== 'image')
  return (
    <section class="stack" aria-label={name}>
      <h2>{name}</h2>
      {counted.length > 0 && <TokenTable models={counted} />}
      {pictures.length > 0 && <PictureTable models={pictures} />}
    </section>
  )
}

function TokenTable({ models }: { models: Model[] }) {
  const t = useTranslate()
  return (
    <div class="table-scroll models-scroll">
      <table class="table models-table">
        <thead>
          <tr>
            <th scope="col">{t('models.model')}</th>
            <th scope="col">{t('models.input')}</th>
            <th scope="col">{t('models.cached')}</th>
            <th scope="col">{t('models.output')}</th>
          </tr>
        </thead>
        <tbody>
          {models.map((model) => (
            <ModelRow key={model.id} model={model} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function ModelRow({ model }: { model: Model }) {
  const t = useTranslate()
  const locale = useLocale()
  const prices = model.price?.prices
  return (
    <tr>
      <ModelHead model={model}>
        <span class="cluster small muted model-facts">
          <span title={formatNumber(locale, model.context_window)}>
            {t('models.context-tokens', { amount: formatCompact(locale, model.context_window) })}
          </span>
          {model.abilities.flatMap((ability) =>
            ability in shownAbilities ? (
              <Badge key={ability}>{t(shownAbilities[ability as keyof typeof shownAbilities])}</Badge>
            ) : (
              []
            ),
          )}
        </span>
        <Tiers model={model} />
      </ModelHead>
      {prices ? (
        <>
          <PriceCell label={t('models.input')} micros={prices.input_tokens} />
          <PriceCell label={t('models.cached')} micros={prices.cached_input_tokens} />
          <PriceCell label={t('models.output')} micros={prices.output_tokens} />
        </>
      ) : (
        <td colSpan={3} class="muted">
          {t('models.no-price')}
        </td>
      )}
    </tr>
  )
}

function Tiers({ model }: { model: Model }) {
  const t = useTranslate()
  const locale = useLocale()
  return model.price?.tiers?.map((tier) => (
    <span key={tier.input_tokens_above} class="small muted model-tier">
      {t('models.tiered', {
        amount: formatCompact(locale, tier.input_tokens_above),
        input: formatMoney(locale, tier.prices.input_tokens ?? 0),
        output: formatMoney(locale, tier.prices.output_tokens ?? 0),
      })}
    </span>
  ))
}

/** `label` is shown where the table has become a list and has no head. */
function PriceCell({ label, micros }: { label: string; micros: number | undefined }) {
  const t = useTranslate()
  return (
    <td class="model-price" data-label={label}>
      {micros === undefined ? (
        <span class="muted">—</span>
      ) : micros === 0 ? (
        t('models.free')
      ) : (
        <Money micros={micros} />
      )}
    </td>
  )
}
