import type { ComponentChildren, Ref } from 'preact'
import { useEffect, useId, useState } from 'preact/hooks'
import type { ImageModelInfo } from '#shared/contracts/images'
import { account, may } from '../../../api/account.ts'
import type { ApiProblem } from '../../../api/api-problem.ts'
import { formatNumber } from '../../../i18n/format-number.ts'
import { Button } from '../../../ui/button.tsx'
import { classNames } from '../../../ui/class-names.ts'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'
import { ProblemNote } from '../../../ui/problem-note.tsx'
import { CreditCard, isAboutMoney } from '../credit-card.tsx'
import { operationOf, takesPrompt } from '../state/draft.ts'
import type { Draft } from '../state/draft.ts'
import { lacksOf } from '../state/lacks.ts'
import type { Asking, Fault } from '../state/to-job-input.ts'
import type { Estimating } from '../use-estimate.ts'
import { CostLine } from './cost-line.tsx'
import { AttachButton, PictureStrip } from './picture-strip.tsx'
import { PromptField } from './prompt-field.tsx'
import { PromptNote } from './prompt-note.tsx'
import { TaskChoice } from './task-choice.tsx'
import { useImprove } from './use-improve.ts'
import type { Uploads } from './use-uploads.ts'

export interface ImageComposerProps {
  draft: Draft
  model: ImageModelInfo | null
  asking: Asking
  estimating: Estimating
  uploads: Uploads
  prompts: readonly string[]
  areaRef: Ref<HTMLTextAreaElement>
  making: boolean
  /** Why the last press came to nothing. */
  problem: ApiProblem | null
  onChange: (part: Partial<Draft>) => void
  onMake: () => void
  onMask: () => void
  onExtend: () => void
  onOptions: () => void
  onChooseModel: () => void
  /** The choice of the model. */
  children: ComponentChildren
}

export function ImageComposer(props: ImageComposerProps) {
  const { draft, model, asking, estimating, uploads, making, problem, onChange, onMake } = props
  const t = useTranslate()
  const id = useId()
  const operation = operationOf(draft)
  const worded = takesPrompt(operation)
  const reason = useReason({ draft, model, fault: asking.faults[0] ?? null })
  const [explained, setExplained] = useState(false)
  useEffect(() => setExplained(false), [reason])
  const improving = useImprove((answer) => onChange({ prompt: answer.prompt, original: answer.original }))
  const lack = model ? lacksOf(model, operation).pictures : null
  const short = estimating.estimate !== null && !estimating.estimate.affordable && !estimating.stale
  const make = () => (reason || making ? setExplained(true) : onMake())
  const removePicture = (gone: string) =>
    onChange({
      pictures: draft.pictures.filter((picture) => picture.id !== gone),
      ...(draft.pictures[0]?.id === gone && { mask: null }),
      ...(draft.pictures.length === 1 && { task: null }),
    })
  const putFirst = (first: string) =>
    onChange({
      pictures: draft.pictures.toSorted((a, b) => Number(b.id === first) - Number(a.id === first)),
      mask: null,
    })
  return (
    <form
      class="images-composer"
      aria-label={t('images.composer')}
      onSubmit={(event) => {
        event.preventDefault()
        make()
      }}
    >
      <div class="images-box">
        <PictureStrip pictures={draft.pictures} uploads={uploads} onRemove={removePicture} onFirst={putFirst} />
        {model && draft.pictures.length > 0 && (
          <TaskChoice draft={draft} model={model} onChange={onChange} onMask={props.onMask} onExtend={props.onExtend} />
        )}
        <PromptField
          value={draft.prompt}
          disabled={!worded}
          placeholder={t(worded ? `images.placeholder-${placeholderFor(operation)}` : 'images.placeholder-none')}
          describedBy={`${id}-hint`}
          areaRef={props.areaRef}
          prompts={props.prompts}
          onInput={(prompt) => onChange({ prompt, ...(prompt.trim() === '' && { original: null }) })}
          onMake={make}
        />
        {model && worded && (
          <PromptNote
            draft={draft}
            model={model}
            improving={improving}
            translates={estimating.estimate?.translates === true && draft.prompt.trim() !== ''}
            onChange={onChange}
          />
        )}
        <div class="images-bar">
          <AttachButton onFiles={uploads.add} lack={lack ? t(lack.key) : null} />
          <Button
            variant="ghost"
            size="sm"
            icon="sparkle"
            class="images-improve"
            busy={improving.running !== null}
            disabled={!worded || draft.prompt.trim() === ''}
            title={t('images.improve-hint')}
            onClick={() =>
              improving.start({
                prompt: draft.prompt.trim(),
                goal: 'improve',
                ...(model && { model: model.id }),
                style: draft.style,
              })
            }
          >
            {t('images.improve')}
          </Button>
          {props.children}
          <Button
            variant="ghost"
            size="sm"
            icon="settings"
            iconOnly
            class="images-options-open"
            aria-haspopup="dialog"
            onClick={props.onOptions}
          >
            {t('images.options')}
          </Button>
          <span class="images-break" />
          <CostLine
            estimating={estimating}
            seesBalance={account.value !== null && (may('billing.read') || may('usage.read-organization'))}
          />
          <Button
            type="submit"
            variant="primary"
            icon="sparkle"
            class={classNames('images-make', (reason || short) && 'is-waiting')}
            busy={making}
          >
            {t('images.make', { count: operation === 'generate' ? Math.min(draft.count, model?.max_images ?? 1) : 1 })}
          </Button>
        </div>
      </div>
      <p
        id={`${id}-hint`}
        class={explained && reason ? 'images-hint is-reason' : 'images-hint'}
        role={explained && reason ? 'status' : undefined}
      >
        {explained && reason ? reason : <KeysHint />}
      </p>
      {problem &&
        (isAboutMoney(problem.code) ? (
          <CreditCard
            code={problem.code}
            neededMicros={amount(problem, 'needed_micros')}
            availableMicros={amount(problem, 'available_micros')}
            onChooseModel={props.onChooseModel}
          />
        ) : (
          <ProblemNote problem={problem} />
        ))}
    </form>
  )
}

const amount = ({ facts }: ApiProblem, name: string): number | null => {
  const value = facts[name]
  return typeof value === 'number' ? value : null
}

const placeholderFor = (operation: string): 'generate' | 'edit' | 'variation' | 'outpaint' =>
  operation === 'edit' || operation === 'variation' || operation === 'outpaint' ? operation : 'generate'

function KeysHint() {
  const t = useTranslate()
  return (
    <span class="images-keys">
      <kbd>Ctrl</kbd>/<kbd>⌘</kbd> + <kbd>Enter</kbd> {t('images.hint-make')} · <kbd>↑</kbd> {t('images.hint-history')}
    </span>
  )
}

/** Why nothing can be made now; null where it can. */
function useReason({
  draft,
  model,
  fault,
}: {
  draft: Draft
  model: ImageModelInfo | null
  fault: Fault | null
}): string | null {
  const t = useTranslate()
  const locale = useLocale()
  if (fault === null) return null
  return t(`images.fault-${fault}`, {
    limit: formatNumber(
      locale,
      fault === 'pictures' ? (model?.max_input_images ?? 0) : (model?.max_prompt_characters ?? 0),
    ),
    length: formatNumber(locale, draft.prompt.trim().length),
  })
}
