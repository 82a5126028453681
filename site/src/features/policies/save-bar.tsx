import type { ApiProblem } from '../../api/api-problem.ts'
import { Button } from '../../ui/button.tsx'
import { useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'

interface SaveBarProps {
  problem: ApiProblem | null
  saving: boolean
  replacing: boolean
  loading: boolean
  onDiscard: () => void
  /** After somebody else's change: keep what was changed here. */
  onReplace: () => void
  /** After somebody else's change: show theirs. */
  onLoad: () => void
}

/** Stays in sight while something is not saved. */
export function SaveBar({ problem, saving, replacing, loading, onDiscard, onReplace, onLoad }: SaveBarProps) {
  const t = useTranslate()
  const conflict = problem?.code === 'conflict'
  return (
    <div class="policies-bar" role="region" aria-label={t('policies.unsaved')}>
      {problem && <ProblemNote problem={problem} sentence={conflict ? t('policies.conflict') : undefined} />}
      <div class="policies-bar-line">
        <p role="status">{t('policies.unsaved')}</p>
        <span class="policies-bar-buttons">
          {conflict ? (
            <>
              <Button busy={loading} onClick={onLoad}>
                {t('policies.take-theirs')}
              </Button>
              <Button variant="primary" busy={replacing} onClick={onReplace}>
                {t('policies.keep-mine')}
              </Button>
            </>
          ) : (
            <>
              <Button onClick={onDiscard}>{t('policies.discard')}</Button>
              <Button type="submit" variant="primary" busy={saving}>
                {t('policies.save')}
              </Button>
            </>
          )}
        </span>
      </div>
    </div>
  )
}
