import { useMemo } from 'preact/hooks'
import type { ImageModelInfo } from '#shared/contracts/images'
import { formatMoney } from '../../i18n/format-number.ts'
import { classNames } from '../../ui/class-names.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { vendorName } from '../../ui/vendor-names.ts'
import { operationWords } from './state/job-words.ts'
import { operationLack } from './state/lacks.ts'
import type { ImageOperation } from '#shared/contracts/model'

export interface ModelsDialogProps {
  open: boolean
  models: readonly ImageModelInfo[]
  current: string | null
  operation: ImageOperation
  onChoose: (model: ImageModelInfo) => void
  onClose: () => void
}

/** Which models there are, what each can, and what its cheapest picture costs. */
export default function ModelsDialog(props: ModelsDialogProps) {
  const t = useTranslate()
  return (
    <Dialog open={props.open} onClose={props.onClose} title={t('images.model-choose')} size="md">
      <ModelList {...props} />
    </Dialog>
  )
}

function ModelList({ models, current, operation, onChoose, onClose }: ModelsDialogProps) {
  const groups = useMemo(() => [...new Set(models.map(({ vendor }) => vendor))], [models])
  return (
    <div class="images-models">
      {groups.map((vendor) => (
        <section key={vendor} aria-label={vendorName(vendor)}>
          <p class="images-model-vendor" aria-hidden="true">
            <bdi>{vendorName(vendor)}</bdi>
          </p>
          {models
            .filter((model) => model.vendor === vendor)
            .map((model) => (
              <ModelRow
                key={model.id}
                model={model}
                current={model.id === current}
                operation={operation}
                onChoose={() => {
                  onClose()
                  onChoose(model)
                }}
              />
            ))}
        </section>
      ))}
    </div>
  )
}

const abilities = ['transparency', 'seed', 'negative_prompt', 'mask'] as const

interface ModelRowProps {
  model: ImageModelInfo
  current: boolean
  operation: ImageOperation
  onChoose: () => void
}

function ModelRow({ model, current, operation, onChoose }: ModelRowProps) {
  const t = useTranslate()
  const locale = useLocale()
  const lack = operationLack(model, operation)
  return (
    <button
      type="button"
      class={classNames('images-model', current && 'is-current')}
      aria-pressed={current}
      autoFocus={current}
      onClick={onChoose}
    >
      <span class="images-model-head">
        <bdi class="images-model-name">{model.name}</bdi>
        {model.sandbox && <span class="badge badge-accent">{t('chat.sandbox')}</span>}
        <span class="images-model-price numeric">
          {t('images.price-from', { price: formatMoney(locale, model.from_micros) })}
        </span>
        {current && <Icon name="check" size={17} />}
      </span>
      <bdi class="images-model-id" dir="ltr">
        {model.id}
      </bdi>
      <span class="images-model-facts">
        {model.operations.map((each) => (
          <span key={each} class="badge">
            {t(operationWords[each])}
          </span>
        ))}
        {abilities
          .filter((ability) => model[ability])
          .map((ability) => (
            <span key={ability} class="badge badge-primary">
              {t(`images.can-${ability.replace('_prompt', '')}` as 'images.can-seed')}
            </span>
          ))}
      </span>
      {model.prompt_language === 'en' && <span class="images-model-note">{t('images.english-model')}</span>}
      {lack && <span class="images-model-note is-lacking">{t(lack.key)}</span>}
    </button>
  )
}
