import { useEffect, useState } from 'preact/hooks'
import { formatNumber } from '../../../i18n/format-number.ts'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'
import type { MaskHistory } from './mask-history.ts'
import { paintedShare } from './mask-pixels.ts'

/** How much may change, told after each step, also to whoever cannot see it. */
export function PaintedShare({
  canvas,
  history,
}: {
  canvas: { current: HTMLCanvasElement | null }
  history: MaskHistory
}) {
  const t = useTranslate()
  const locale = useLocale()
  const [share, setShare] = useState(0)
  useEffect(() => {
    const drawn = canvas.current
    if (!drawn) return
    // A hundred pixels a side are enough to count by.
    const small = document.createElement('canvas')
    small.width = 100
    small.height = 100
    const context = small.getContext('2d', { willReadFrequently: true })
    context?.drawImage(drawn, 0, 0, 100, 100)
    setShare(context ? paintedShare(context.getImageData(0, 0, 100, 100).data) : 0)
  }, [history])
  return (
    <span class="small" role="status">
      {t('images.mask-share', {
        share: formatNumber(locale, share, { style: 'percent', maximumFractionDigits: 0 }),
      })}
    </span>
  )
}
