import { useTranslate } from '../../ui/locale-context.tsx'
import { CodeBlock } from './code-block.tsx'
import type { Run } from './run-call.ts'
import type { Call } from './to-call.ts'

const linesOf = (headers: Record<string, string>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('')

const requestText = ({ path, headers, body }: Call): string =>
  `POST ${path}\n${linesOf({ 'content-type': 'application/json', ...headers })}\n${JSON.stringify(body, null, 2)}`

/** What went over the wire: the request as it is filled in (or was sent), and the answer with its headers. */
export function RawPane({ call, run }: { call: Call; run: Run | null }) {
  const t = useTranslate()
  return (
    <div class="stack">
      <CodeBlock label={t('playground.request')} text={requestText(run?.call ?? call)} />
      {run?.status && (
        <CodeBlock label={t('playground.response')} text={`HTTP ${run.status}\n${linesOf(run.headers)}\n${run.raw}`} />
      )}
      {run?.rawIsCut && <p class="muted small">{t('playground.raw-cut')}</p>}
    </div>
  )
}
