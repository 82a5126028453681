import { Button } from '../../ui/button.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { LocalFields } from './local-fields.tsx'
import type { PlanPartProps } from './plan-editor.tsx'

const MOST = 20

export function FeatureFields({ draft: { features }, change, errorOf }: PlanPartProps) {
  const t = useTranslate()
  return (
    <fieldset class="operate-fieldset">
      <legend>{t('operate.features')}</legend>
      <p class="field-hint">{t('operate.features-hint')}</p>
      {features.map((feature, at) => (
        <div class="operate-feature" key={at}>
          <LocalFields
            label={t('operate.feature', { number: at + 1 })}
            path={`features.${at}`}
            value={feature}
            onChange={(value) => change({ features: features.map((each, index) => (index === at ? value : each)) })}
            errorOf={errorOf}
          />
          <Button
            variant="ghost"
            iconOnly
            icon="trash"
            onClick={() => change({ features: features.filter((_, index) => index !== at) })}
          >
            {t('operate.remove-feature', { number: at + 1 })}
          </Button>
        </div>
      ))}
      <div>
        <Button
          size="sm"
          icon="plus"
          disabled={features.length >= MOST}
          onClick={() => change({ features: [...features, { en: '', ar: '' }] })}
        >
          {t('operate.add-feature')}
        </Button>
      </div>
    </fieldset>
  )
}
