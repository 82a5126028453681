import type { ApiProblem } from '../api/api-problem.ts'
import { Icon } from './icon.tsx'
import { useLocale } from './locale-context.tsx'
import { problemSentence } from './problem-sentence.ts'

/** A problem within a form: announced at once, in one line. `sentence` replaces the usual words. */
export function ProblemNote({ problem, sentence }: { problem: ApiProblem; sentence?: string }) {
  const locale = useLocale()
  return (
    <p class="note note-danger" role="alert">
      <Icon name="alert" size={18} />
      <span>{sentence ?? problemSentence(locale, problem)}</span>
    </p>
  )
}
