import { Button } from '../../ui/button.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Note } from '../../ui/note.tsx'
import { problemSentence } from '../../ui/problem-sentence.ts'
import { CodeBlock } from './code-block.tsx'
import { takesConversation } from './lacks.ts'
import type { Run } from './run-call.ts'

const phases = {
  sending: 'playground.phase-sending',
  answering: 'playground.phase-answering',
  done: 'playground.phase-done',
  stopped: 'playground.phase-stopped',
  failed: 'playground.phase-failed',
} as const

/** The answer as people read it: its words, what it thought, what it wants called, and why there is no more of it. */
export function AnswerPane({ run, onContinue }: { run: Run | null; onContinue: (text: string) => void }) {
  const t = useTranslate()
  if (!run) return <p class="muted playground-empty">{t('playground.nothing-yet')}</p>
  const { answer, headers, call } = run
  const warnings = headers['x-riwaq-warnings']
  const isOver = run.phase === 'done' || run.phase === 'stopped'
  return (
    <div class="stack">
      <p class="muted small" role="status">
        {t(phases[run.phase])}
      </p>
      {run.problem && <Refusal run={run} />}
      {answer.reasoning && (
        <details class="playground-reasoning">
          <summary>{t('playground.reasoning')}</summary>
          <p class="playground-text" dir="auto">
            {answer.reasoning}
          </p>
        </details>
      )}
      {answer.text && takesConversation(call.api) && (
        <p class="playground-text" dir="auto">
          {answer.text}
        </p>
      )}
      {answer.text && !takesConversation(call.api) && <CodeBlock label={t('playground.answer')} text={answer.text} />}
      {answer.calls.map(({ name, input }, index) => (
        <CodeBlock key={index} label={t('playground.call-of', { name })} text={input} />
      ))}
      {warnings && (
        <Note tone="warning">
          {t('playground.warnings')} <bdi dir="ltr">{warnings}</bdi>
        </Note>
      )}
      {isOver && takesConversation(call.api) && answer.text && (
        <div>
          <Button size="sm" icon="plus" onClick={() => onContinue(answer.text)}>
            {t('playground.continue')}
          </Button>
        </div>
      )}
    </div>
  )
}

/** In the reader's language, with what the API itself said: whoever builds on it will meet those words. */
function Refusal({ run: { problem, status } }: { run: Run }) {
  const t = useTranslate()
  const locale = useLocale()
  if (!problem) return null
  return (
    <div class="playground-refusal" role="alert">
      <Note tone="danger">{problemSentence(locale, problem)}</Note>
      <dl class="playground-facts">
        <div class="playground-fact">
          <dt>{t('ui.error-code')}</dt>
          <dd>
            <code>{problem.code}</code> {status !== null && status >= 400 && <code>{status}</code>}
          </dd>
        </div>
        {problem.param && (
          <div class="playground-fact">
            <dt>{t('playground.parameter')}</dt>
            <dd>
              <code>{problem.param}</code>
            </dd>
          </div>
        )}
        <div class="playground-fact playground-fact-wide">
          <dt>{t('playground.in-its-words')}</dt>
          <dd>
            <bdi dir="ltr">{problem.message}</bdi>
          </dd>
        </div>
      </dl>
    </div>
  )
}
