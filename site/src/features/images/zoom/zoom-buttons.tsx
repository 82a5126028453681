import { formatNumber } from '../../../i18n/format-number.ts'
import { Button } from '../../../ui/button.tsx'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'
import type { Zoom } from './use-zoom.ts'
import type { View } from './zoom.ts'

export function ZoomButtons({ zoom, view }: { zoom: Pick<Zoom, 'by' | 'reset'>; view: View }) {
  const t = useTranslate()
  const locale = useLocale()
  return (
    <span class="images-zoom" role="group" aria-label={t('images.zoom')}>
      <Button size="sm" iconOnly icon="minus" disabled={view.scale <= 1} onClick={() => zoom.by(1 / 1.4)}>
        {t('images.zoom-out')}
      </Button>
      <Button size="sm" class="numeric" disabled={view.scale === 1} title={t('images.zoom-fit')} onClick={zoom.reset}>
        {formatNumber(locale, view.scale, { style: 'percent', maximumFractionDigits: 0 })}
      </Button>
      <Button size="sm" iconOnly icon="plus" onClick={() => zoom.by(1.4)}>
        {t('images.zoom-in')}
      </Button>
    </span>
  )
}
