import { formatMoney } from '../../../i18n/format-number.ts'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'
import type { Estimating } from '../use-estimate.ts'

/** What it would cost, beside the button, before anything is asked. It keeps its room while nothing is known. */
export function CostLine({ estimating, seesBalance }: { estimating: Estimating; seesBalance: boolean }) {
  const t = useTranslate()
  const locale = useLocale()
  const { estimate, stale } = estimating
  const money = (micros: number) => formatMoney(locale, micros)
  const most = estimate && estimate.max_micros !== estimate.likely_micros
  return (
    <span class={stale ? 'images-cost is-stale' : 'images-cost'} aria-live="off">
      {estimate && (
        <>
          <span class="numeric">
            {t('images.cost-likely', { price: money(estimate.likely_micros) })}
            {most && <span class="muted"> {t('images.cost-most', { price: money(estimate.max_micros) })}</span>}
          </span>
          {seesBalance && (
            <span class={estimate.affordable ? 'images-left numeric' : 'images-left is-short numeric'}>
              {estimate.affordable
                ? t('images.cost-left', { amount: money(estimate.available_micros) })
                : t('images.cost-short', { amount: money(estimate.available_micros) })}
            </span>
          )}
        </>
      )}
    </span>
  )
}
