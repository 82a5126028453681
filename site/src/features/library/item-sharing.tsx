import { useState } from 'preact/hooks'
import type { LibraryItem } from '#shared/contracts/library'
import { useAction } from '../../api/use-action.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { ProblemNote } from '../../ui/problem-note.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { changeItem, getItem, shareItem, signLink, unshareItem } from './library-calls.ts'

interface SharingProps {
  item: LibraryItem
  onChanged: (item: LibraryItem) => void
}

const HOUR = 3_600
const lengths = { hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR, month: 30 * 24 * HOUR } as const
type Length = keyof typeof lengths
const choices = Object.keys(lengths) as Length[]

const whole = (url: string): string => new URL(url, window.location.origin).href

/** Who else sees it: the organization, whoever has a link that ends, or everyone with its public page. */
export function ItemSharing({ item, onChanged }: SharingProps) {
  const t = useTranslate()
  const visibility = useAction(async (wanted: LibraryItem['visibility']) =>
    onChanged(await changeItem(item.id, { visibility: wanted })),
  )
  return (
    <section class="item-section item-sharing">
      <h3>{t('library.sharing')}</h3>
      <Segmented
        label={t('library.visibility')}
        value={item.visibility}
        onChange={(wanted) => void visibility.run(wanted)}
        options={[
          { value: 'private', label: t('library.visibility-private') },
          { value: 'organization', label: t('library.visibility-organization') },
        ]}
      />
      {visibility.problem && <ProblemNote problem={visibility.problem} />}
      <SignedLink item={item} />
      <PublicPage item={item} onChanged={onChanged} />
    </section>
  )
}

function SignedLink({ item }: { item: LibraryItem }) {
  const t = useTranslate()
  const locale = useLocale()
  const [length, setLength] = useState<Length>('day')
  const [link, setLink] = useState<{ url: string; expiresAt: number } | null>(null)
  const make = useAction(async () => {
    const { url, expires_at: expiresAt } = await signLink(item.id, lengths[length])
    setLink({ url: whole(url), expiresAt })
  })
  return (
    <div class="item-share">
      <div class="item-share-choice">
        <Select
          size="sm"
          label={t('library.link-length')}
          value={length}
          onChange={setLength}
          options={choices.map((value) => ({ value, label: t(`library.length-${value}`) }))}
        />
        <Button size="sm" icon="link" busy={make.running} onClick={() => void make.run()}>
          {t('library.make-link')}
        </Button>
      </div>
      {make.problem && <ProblemNote problem={make.problem} />}
      {link && (
        <Address url={link.url} sentence={t('library.link-ends', { when: formatTime(locale, link.expiresAt) })} />
      )}
    </div>
  )
}

/** An address that was made: shown, so that it can be seen what is copied. */
function Address({ url, sentence }: { url: string; sentence: string }) {
  const t = useTranslate()
  return (
    <div class="item-address" role="status">
      <code tabIndex={0}>{url}</code>
      <CopyButton text={url} label={t('library.copy-link')} variant="secondary" />
      <p class="small muted">{sentence}</p>
    </div>
  )
}

function PublicPage({ item, onChanged }: SharingProps) {
  const t = useTranslate()
  const locale = useLocale()
  const [length, setLength] = useState<Length | 'ever'>('ever')
  const share = useAction(async () => {
    onChanged(await shareItem(item.id, length === 'ever' ? null : Date.now() + lengths[length] * 1_000))
  })
  const revoke = useAction(async () => {
    onChanged((await unshareItem(item.id)) ?? (await getItem(item.id)))
  })
  if (!item.share)
    return (
      <div class="item-share">
        <div class="item-share-choice">
          <Select
            size="sm"
            label={t('library.page-length')}
            value={length}
            onChange={setLength}
            options={(['ever', ...choices] as const).map((value) => ({ value, label: t(`library.length-${value}`) }))}
          />
          <Button size="sm" icon="globe" busy={share.running} onClick={() => void share.run()}>
            {t('library.make-page')}
          </Button>
        </div>
        <p class="small muted">{t('library.page-text')}</p>
        {share.problem && <ProblemNote problem={share.problem} />}
      </div>
    )
  const url = whole(item.share.url)
  const ends = item.share.expires_at
  return (
    <div class="item-share">
      <Address
        url={url}
        sentence={ends === null ? t('library.page-open') : t('library.page-ends', { when: formatTime(locale, ends) })}
      />
      <details>
        <summary>{t('library.qr')}</summary>
        <QrCode text={url} label={t('library.qr-of', { title: item.title })} />
      </details>
      <div class="cluster">
        <a class="button button-sm button-secondary" href={url} target="_blank" rel="noopener">
          {t('library.open-page')}
        </a>
        <Button size="sm" variant="danger" icon="close" busy={revoke.running} onClick={() => void revoke.run()}>
          {t('library.revoke')}
        </Button>
      </div>
      {revoke.problem && <ProblemNote problem={revoke.problem} />}
    </div>
  )
}
