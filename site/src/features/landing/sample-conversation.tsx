import { formatMoney } from '../../i18n/format-number.ts'
import type { Locale } from '../../i18n/locales.ts'
import { translator } from '../../i18n/translate.ts'

const SAMPLE_COST_MICROS = 1_834

/** A drawing of a conversation, in both languages at once: each part says its own language and direction. */
export function SampleConversation({ locale }: { locale: Locale }) {
  const t = translator(locale)
  return (
    <figure class="sample" aria-label={t('landing.sample-label')}>
      <div class="sample-talk">
        <p class="bubble" lang="ar" dir="rtl">
          كيف أعكس قائمة في Python دون أن أغيّر الأصل؟
        </p>
        <div class="answer">
          <p lang="ar" dir="rtl">
            بشريحة؛ فهي تترك <code>names</code> كما هي:
          </p>
          <pre class="sample-code">
            <code>backwards = names[::-1]</code>
          </pre>
          <p lang="en" dir="ltr">
            A slice copies the list; <code>reversed()</code> only walks it.
          </p>
        </div>
        <p class="bubble" lang="en" dir="ltr">
          And what does ‘riwaq’ mean?
        </p>
        <div class="answer">
          <p lang="en" dir="ltr">
            <bdi lang="ar">رِواق</bdi> is a covered arcade beside a courtyard: a place to meet, teach and talk.
          </p>
        </div>
        <p class="sample-cost">{t('landing.sample-cost', { amount: formatMoney(locale, SAMPLE_COST_MICROS) })}</p>
      </div>
      <figcaption>{t('landing.sample-caption')}</figcaption>
    </figure>
  )
}
