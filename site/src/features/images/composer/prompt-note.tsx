import type { ImageModelInfo } from '#shared/contracts/images'
import { formatMoney } from '../../../i18n/format-number.ts'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'
import { problemSentence } from '../../../ui/problem-sentence.ts'
import type { Draft } from '../state/draft.ts'
import type { Improving } from './use-improve.ts'

export interface PromptNoteProps {
  draft: Draft
  model: ImageModelInfo
  improving: Improving
  /** The platform says that the words would be translated first. */
  translates: boolean
  onChange: (part: Partial<Draft>) => void
}

/** What has become of the words: improved, with its price and the way back; or that they will be translated. */
export function PromptNote({ draft, model, improving, translates, onChange }: PromptNoteProps) {
  const t = useTranslate()
  const locale = useLocale()
  const { answer, problem, running, forget, start } = improving
  if (problem)
    return (
      <p class="images-note is-fault" role="alert">
        <Icon name="alert" size={16} />
        <span>{problemSentence(locale, problem)}</span>
        <Button size="sm" variant="ghost" iconOnly icon="close" onClick={forget}>
          {t('ui.dismiss')}
        </Button>
      </p>
    )
  if (running)
    return (
      <p class="images-note" role="status">
        {t(`images.running-${running}`)}
      </p>
    )
  if (draft.original !== null) {
    const undo = () => {
      onChange({ prompt: draft.original ?? '', original: null })
      forget()
    }
    return (
      <div class="images-note" role="status">
        <Icon name="sparkle" size={16} />
        <span>
          {answer
            ? t(`images.done-${answer.goal}`, { price: formatMoney(locale, answer.cost_micros) })
            : t('images.done-before')}
        </span>
        <details class="images-original">
          <summary>{t('images.original')}</summary>
          <p dir="auto">{draft.original}</p>
        </details>
        <Button size="sm" icon="undo" onClick={undo}>
          {t('images.undo-improve')}
        </Button>
      </div>
    )
  }
  if (!translates || model.prompt_language !== 'en') return null
  return (
    <div class="images-note">
      <Icon name="globe" size={16} />
      <span>{t(draft.translate ? 'images.translates' : 'images.translates-not')}</span>
      <Button
        size="sm"
        variant="ghost"
        onClick={() => start({ prompt: draft.prompt.trim(), goal: 'translate', model: model.id })}
      >
        {t('images.translate-now')}
      </Button>
      <Button size="sm" variant="ghost" onClick={() => onChange({ translate: !draft.translate })}>
        {t(draft.translate ? 'images.translate-off' : 'images.translate-on')}
      </Button>
    </div>
  )
}
