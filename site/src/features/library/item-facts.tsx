import type { ComponentChildren } from 'preact'
import type { LibraryItem, Provenance } from '#shared/contracts/library'
import { useMemberNames } from '../../api/member-names.ts'
import { formatBytes } from '../../i18n/format-bytes.ts'
import { formatNumber } from '../../i18n/format-number.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { localized } from '../../i18n/paths.ts'
import { hasKey } from '../../i18n/translate.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Money } from '../../ui/money.tsx'
import { vendorName } from '../../ui/vendor-names.ts'
import { libraryWith } from './send-to.ts'

/** How it was made, what it cost, and what it is. */
export function ItemFacts({ item }: { item: LibraryItem }) {
  const t = useTranslate()
  const { provenance } = item
  return (
    <>
      {provenance && <Words provenance={provenance} />}
      <section class="item-section">
        <h3>{t('library.facts')}</h3>
        <dl class="item-facts">
          {provenance && <Making provenance={provenance} />}
          <Thing item={item} />
        </dl>
      </section>
    </>
  )
}

function Words({ provenance }: { provenance: Provenance }) {
  const t = useTranslate()
  const { prompt, original_prompt: original, negative_prompt: negative } = provenance
  return (
    <>
      {prompt && <Quote name={t('library.prompt')} text={prompt} />}
      {original && original !== prompt && <Quote name={t('library.original-prompt')} text={original} />}
      {negative && <Quote name={t('library.negative-prompt')} text={negative} />}
    </>
  )
}

function Quote({ name, text }: { name: string; text: string }) {
  return (
    <section class="item-section">
      <header class="item-quote-head">
        <h3>{name}</h3>
        <CopyButton text={text} iconOnly />
      </header>
      <p class="item-quote" dir="auto">
        {text}
      </p>
    </section>
  )
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

const shownValue = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value))

function Making({ provenance }: { provenance: Provenance }) {
  const t = useTranslate()
  const locale = useLocale()
  const { operation, model, provider, seed, cost_micros: cost, request_id: requestId, parent_ids: parents } = provenance
  const operationKey = `library.operation-${operation}`
  const parameters = Object.entries(provenance.parameters).filter(([, value]) => value !== null && value !== undefined)
  return (
    <>
      <Fact name={t('library.operation')}>{hasKey(locale, operationKey) ? t(operationKey) : operation}</Fact>
      {model !== null && (
        <Fact name={t('library.model')}>
          <bdi dir="ltr" class="item-name">
            {model}
          </bdi>
          {provider !== null && <span class="muted"> · {vendorName(provider)}</span>}
        </Fact>
      )}
      {cost !== null && (
        <Fact name={t('library.cost')}>
          <Money micros={cost} />{' '}
          {requestId !== null && (
            <a href={`${localized(locale, '/usage')}?request_id=${encodeURIComponent(requestId)}`}>
              {t('library.charge')}
            </a>
          )}
        </Fact>
      )}
      {seed !== null && (
        <Fact name={t('library.seed')}>
          <span class="cluster">
            <code>{seed}</code>
            <CopyButton text={String(seed)} iconOnly />
          </span>
        </Fact>
      )}
      {parameters.map(([name, value]) => (
        <Fact key={name} name={name}>
          <bdi dir="ltr" class="item-name">
            {shownValue(value)}
          </bdi>
        </Fact>
      ))}
      {parents.length > 0 && (
        <Fact name={t('library.made-from')}>
          {parents.map((id, index) => (
            <span key={id}>
              {index > 0 && ' · '}
              <a href={libraryWith(locale, id)}>{t('library.parent', { number: index + 1 })}</a>
            </span>
          ))}
        </Fact>
      )}
    </>
  )
}

function Thing({ item }: { item: LibraryItem }) {
  const t = useTranslate()
  const locale = useLocale()
  const names = useMemberNames(!item.mine)
  const at = item.provenance?.made_at ?? item.created_at
  return (
    <>
      {item.width !== null && item.height !== null && (
        <Fact name={t('library.size')}>
          <bdi dir="ltr">
            {formatNumber(locale, item.width, { useGrouping: false })} ×{' '}
            {formatNumber(locale, item.height, { useGrouping: false })}
          </bdi>
        </Fact>
      )}
      <Fact name={t('library.file')}>
        <bdi dir="ltr">{item.media_type.slice(item.media_type.indexOf('/') + 1).toUpperCase()}</bdi> ·{' '}
        {formatBytes(locale, item.bytes)}
      </Fact>
      <Fact name={t(`library.source-${item.source}`)}>
        <time dateTime={new Date(at).toISOString()}>{formatTime(locale, at)}</time>
      </Fact>
      {!item.mine && (
        <Fact name={t('library.owner')}>
          <bdi>{names.get(item.owner_id) ?? t('library.owner-others')}</bdi>
        </Fact>
      )}
    </>
  )
}
