import { withQuery } from '../../api/client.ts'
import { LinkButton } from '../../ui/button.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import type { Range } from './period.ts'

/** The entries of the period as a file, which the platform streams and the browser keeps: however many there are. */
export function ExportButtons({ range }: { range: Range }) {
  const t = useTranslate()
  const locale = useLocale()
  return (
    <div class="usage-export">
      <span class="usage-export-label" id="usage-export">
        {t('usage.export')}
      </span>
      <div class="cluster" role="group" aria-labelledby="usage-export">
        {(['csv', 'json'] as const).map((format) => (
          <LinkButton
            key={format}
            size="sm"
            icon="download"
            download
            href={withQuery('/api/usage/export', { format, from: range.from, to: range.to, locale })}
          >
            {t(`usage.export-${format}`)}
          </LinkButton>
        ))}
      </div>
    </div>
  )
}
