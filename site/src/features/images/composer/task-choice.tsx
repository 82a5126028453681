import type { ImageModelInfo } from '#shared/contracts/images'
import { Button } from '../../../ui/button.tsx'
import { useTranslate } from '../../../ui/locale-context.tsx'
import { Choices } from '../options/choices.tsx'
import { operationOf, tasks } from '../state/draft.ts'
import type { Draft } from '../state/draft.ts'
import { operationWords } from '../state/job-words.ts'
import { lacksOf, operationLack } from '../state/lacks.ts'

export interface TaskChoiceProps {
  draft: Draft
  model: ImageModelInfo
  onChange: (part: Partial<Draft>) => void
  onMask: () => void
  onExtend: () => void
}

/** What is to be done with the picture that is there. */
export function TaskChoice({ draft, model, onChange, onMask, onExtend }: TaskChoiceProps) {
  const t = useTranslate()
  const operation = operationOf(draft)
  const maskLack = lacksOf(model, operation).mask
  return (
    <div class="images-task">
      <Choices
        label={t('images.task')}
        labelHidden
        value={operation === 'generate' ? 'edit' : operation}
        options={tasks.map((task) => ({
          value: task,
          label: t(operationWords[task]),
          lack: operationLack(model, task),
        }))}
        onChange={(task) => onChange({ task })}
      />
      {operation === 'edit' && (
        <Button
          size="sm"
          icon="brush"
          disabled={maskLack !== null}
          title={maskLack ? t(maskLack.key) : undefined}
          onClick={onMask}
        >
          {maskLack ? t(maskLack.key) : t(draft.mask ? 'images.mask-change' : 'images.mask-open')}
        </Button>
      )}
      {operation === 'edit' && draft.mask && !maskLack && (
        <Button size="sm" variant="ghost" iconOnly icon="close" onClick={() => onChange({ mask: null })}>
          {t('images.mask-remove')}
        </Button>
      )}
      {operation === 'outpaint' && (
        <Button size="sm" icon="expand" onClick={onExtend}>
          {t('images.extend-open')}
        </Button>
      )}
      {operation === 'upscale' && (
        <Choices
          label={t('images.scale')}
          labelHidden
          value={String(draft.scale)}
          options={[
            { value: '2', label: t('images.scale-times', { times: 2 }) },
            { value: '4', label: t('images.scale-times', { times: 4 }) },
          ]}
          onChange={(scale) => onChange({ scale: scale === '4' ? 4 : 2 })}
        />
      )}
    </div>
  )
}
