import type { UsageEntry } from '#shared/contracts/usage'
import { account } from '../../api/account.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { Badge } from '../../ui/badge.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Money } from '../../ui/money.tsx'
import { Note } from '../../ui/note.tsx'
import { entryTitle } from './entry-title.ts'
import { explainPrice } from './explain-price.ts'
import { groupName, serviceName } from './group-name.ts'
import type { Names } from './names.ts'
import { noteSentence } from './note-sentence.ts'
import { PriceExplanation } from './price-explanation.tsx'

interface EntryRowProps {
  entry: UsageEntry
  names: Names
  open: boolean
}

/** One entry: what and how much in a line, and why when it is opened. */
export function EntryRow({ entry, names, open }: EntryRowProps) {
  const t = useTranslate()
  const locale = useLocale()
  return (
    <li>
      <details class="usage-entry" open={open}>
        <summary>
          <Icon name="chevron-forward" size={16} />
          <span class="usage-entry-what">
            <span class="usage-entry-title">
              <bdi>{entryTitle(entry, t)}</bdi>
            </span>
            <span class="usage-entry-facts">
              <span>{t(`usage.kind-${entry.kind}`)}</span>
              <time dateTime={new Date(entry.at).toISOString()}>{formatTime(locale, entry.at)}</time>
              {entry.estimated && <Badge tone="warning">{t('usage.estimated')}</Badge>}
            </span>
          </span>
          <span class={entry.amount_micros > 0 ? 'usage-entry-amount is-positive' : 'usage-entry-amount'}>
            <Money micros={entry.amount_micros} />
          </span>
        </summary>
        <EntryDetails entry={entry} names={names} />
      </details>
    </li>
  )
}

function EntryDetails({ entry, names }: { entry: UsageEntry; names: Names }) {
  const t = useTranslate()
  const locale = useLocale()
  // A correction is a difference of two charges, which no multiplication explains.
  const explanation = entry.kind === 'charge' ? explainPrice(entry) : null
  const myId = account.value?.user.id
  const nameOf = (by: 'member' | 'key', group: string) => groupName({ by, group, names, myId, locale, t })
  const facts: [string, string | null][] = [
    [t('usage.model'), entry.model],
    [t('usage.provider'), entry.provider],
    [t('usage.service'), entry.service && serviceName({ service: entry.service, locale, t })],
    [t('usage.member'), entry.user_id && nameOf('member', entry.user_id)],
    [t('usage.key'), entry.key_id && nameOf('key', entry.key_id)],
    [t('usage.note'), noteSentence(entry.note, t)],
  ]
  return (
    <div class="usage-entry-details">
      {explanation && <PriceExplanation explanation={explanation} />}
      {entry.estimated && <Note tone="warning">{t('usage.estimated-explained')}</Note>}
      <dl class="usage-facts">
        {facts.map(
          ([term, value]) =>
            value && (
              <div key={term}>
                <dt>{term}</dt>
                <dd>
                  <bdi>{value}</bdi>
                </dd>
              </div>
            ),
        )}
        {entry.request_id && (
          <div>
            <dt>{t('usage.request-id')}</dt>
            <dd class="cluster">
              <code>{entry.request_id}</code>
              <CopyButton text={entry.request_id} iconOnly />
            </dd>
          </div>
        )}
      </dl>
    </div>
  )
}
