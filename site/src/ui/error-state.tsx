import type { ApiProblem } from '../api/api-problem.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import { useLocale, useTranslate } from './locale-context.tsx'
import { problemSentence } from './problem-sentence.ts'

export interface ErrorStateProps {
  problem: ApiProblem
  onRetry?: () => void
  /** Within a page that otherwise works. */
  compact?: boolean
}

/** Where something could not be loaded: what happened, how to go on, and what to tell whoever can help. */
export function ErrorState({ problem, onRetry, compact }: ErrorStateProps) {
  const t = useTranslate()
  const locale = useLocale()
  return (
    <div class={compact ? 'state state-compact' : 'state'} role="alert">
      <span class="state-mark state-mark-danger">
        <Icon name="alert" size={24} />
      </span>
      <p class="state-title">{t('ui.error-title')}</p>
      <p class="state-text">{problemSentence(locale, problem)}</p>
      {onRetry && (
        <Button icon="refresh" onClick={onRetry}>
          {t('ui.retry')}
        </Button>
      )}
      <p class="state-facts">
        {t('ui.error-code')}: <code>{problem.code}</code>
        {problem.requestId && (
          <>
            {' · '}
            {t('ui.error-request')}: <code>{problem.requestId}</code>
          </>
        )}
      </p>
    </div>
  )
}
