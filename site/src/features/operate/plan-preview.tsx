import { useEffect, useState } from 'preact/hooks'
import { planIntervals, type PlanBody, type PlanInterval } from '#shared/contracts/plans'
import { formatMinor } from '../../i18n/format-currency.ts'
import { loadLocale, type Locale } from '../../i18n/locales.ts'
import { translator } from '../../i18n/translate.ts'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { localText } from '../billing/local-text.ts'
import { planFacts } from '../billing/plan-facts.ts'
import { isSold, type PlanDraft } from './plan-form.ts'

interface PlanPreviewProps {
  draft: PlanDraft
  /** Null while something is wrong: then the last that was right is not shown for it. */
  body: PlanBody | null
}

/** The plan as customers will see it, in the language that they read. */
export function PlanPreview({ draft, body }: PlanPreviewProps) {
  const t = useTranslate()
  const locale = useLocale()
  const [language, setLanguage] = useState<Locale>(locale)
  const [loaded, setLoaded] = useState<Locale[]>([locale])
  useEffect(() => {
    void loadLocale(language).then(() => setLoaded((now) => (now.includes(language) ? now : [...now, language])))
  }, [language])
  const [interval, setInterval] = useState<PlanInterval>('month')
  return (
    <aside class="card stack operate-preview" aria-label={t('operate.preview')}>
      <h2>{t('operate.preview')}</h2>
      <div class="cluster">
        <Segmented
          label={t('operate.preview-language')}
          value={language}
          onChange={setLanguage}
          options={[
            { value: 'en', label: 'English' },
            { value: 'ar', label: 'العربية' },
          ]}
        />
        {isSold(draft.kind) && (
          <Segmented
            label={t('operate.preview-interval')}
            value={interval}
            onChange={setInterval}
            options={planIntervals.map((value) => ({
              value,
              label: t(value === 'month' ? 'operate.monthly' : 'operate.yearly'),
            }))}
          />
        )}
      </div>
      {body && loaded.includes(language) && <Shown body={body} language={language} interval={interval} />}
      {!body && <p class="muted small">{t('operate.preview-waits')}</p>}
    </aside>
  )
}

function Shown({ body, language, interval }: { body: PlanBody; language: Locale; interval: PlanInterval }) {
  const t = translator(language)
  const price = body.prices.find((each) => each.interval === interval)
  return (
    <div class="operate-shown stack" lang={language} dir={language === 'ar' ? 'rtl' : 'ltr'}>
      <h3>{localText(body.name, language)}</h3>
      <p class="muted">{localText(body.description, language)}</p>
      {price && (
        <p class="operate-shown-price">
          <bdi class="money">{formatMinor(language, price.amount_minor, price.currency, { whole: true })}</bdi>{' '}
          <span class="operate-quiet">
            {t(`operate.per-${interval}`)} {body.kind === 'per_seat' && t('operate.each-seat')}
          </span>
        </p>
      )}
      <ul class="operate-facts">
        {[...planFacts(body, language, interval), ...body.features.map((feature) => localText(feature, language))].map(
          (fact) => (
            <li key={fact}>{fact}</li>
          ),
        )}
      </ul>
    </div>
  )
}
