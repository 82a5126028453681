import type { ComponentChildren } from 'preact'
import { formatNumber } from '../../i18n/format-number.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Money } from '../../ui/money.tsx'
import type { Run } from './run-call.ts'

/** What the headers and the end of an answer say. All rows are always there, so that nothing moves when one is known. */
export function Facts({ run, costMicros }: { run: Run | null; costMicros: number | null }) {
  const t = useTranslate()
  const locale = useLocale()
  const header = (name: string) => run?.headers[name]
  const requestId = header('x-request-id')
  const age = header('age')
  const cache = header('x-riwaq-cache')
  const ms = (value: number | null | undefined) =>
    value === null || value === undefined ? null : t('playground.ms', { amount: formatNumber(locale, value) })
  return (
    <dl class="playground-facts">
      <Fact name={t('playground.status')}>{run?.status && <code>{run.status}</code>}</Fact>
      <Fact name={t('playground.cost')}>{costMicros !== null && <Money micros={costMicros} />}</Fact>
      <Fact name={t('playground.first-word')}>{ms(run?.firstWordMs)}</Fact>
      <Fact name={t('playground.total-time')}>{ms(run?.totalMs)}</Fact>
      <Fact name={t('playground.tokens-in')}>
        <Tokens count={run?.answer.usage?.input} part={run?.answer.usage?.cached} name="cached" />
      </Fact>
      <Fact name={t('playground.tokens-out')}>
        <Tokens count={run?.answer.usage?.output} part={run?.answer.usage?.reasoning} name="reasoning" />
      </Fact>
      <Fact name={t('playground.provider')}>
        {header('x-riwaq-provider') && <code>{header('x-riwaq-provider')}</code>}
      </Fact>
      <Fact name={t('playground.attempts')}>{header('x-riwaq-attempts')}</Fact>
      <Fact name={t('playground.from-cache')}>
        {cache && <code>{age === undefined ? cache : `${cache} (${age} s)`}</code>}
      </Fact>
      <Fact name={t('playground.finish')}>{run?.answer.finish && <code>{run.answer.finish}</code>}</Fact>
      <Fact name={t('playground.served-model')} wide>
        {header('x-riwaq-model') && <code>{header('x-riwaq-model')}</code>}
      </Fact>
      <Fact name={t('playground.request-id')} wide>
        {requestId && (
          <>
            <code>{requestId}</code> <CopyButton text={requestId} iconOnly label={t('playground.copy-request-id')} />
          </>
        )}
      </Fact>
    </dl>
  )
}

function Fact({ name, wide, children }: { name: string; wide?: boolean; children?: ComponentChildren }) {
  return (
    <div class={wide ? 'playground-fact playground-fact-wide' : 'playground-fact'}>
      <dt>{name}</dt>
      <dd>{children || <span aria-hidden="true">—</span>}</dd>
    </div>
  )
}

function Tokens({
  count,
  part,
  name,
}: {
  count: number | undefined
  part: number | null | undefined
  name: 'cached' | 'reasoning'
}) {
  const t = useTranslate()
  const locale = useLocale()
  if (count === undefined) return <span aria-hidden="true">—</span>
  const shown = part ? t(`playground.tokens-${name}`, { amount: formatNumber(locale, part) }) : null
  return (
    <>
      {formatNumber(locale, count)} {shown && <span class="muted small">{shown}</span>}
    </>
  )
}
