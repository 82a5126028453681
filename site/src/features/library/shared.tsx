import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { SharedItem } from '#shared/contracts/library'
import { useResource } from '../../api/use-resource.ts'
import { formatTime } from '../../i18n/format-time.ts'
import { localized } from '../../i18n/paths.ts'
import { LinkButton } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { island, useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Logo } from '../../ui/logo.tsx'
import { ItemPicture } from './item-picture.tsx'
import { getShared } from './library-calls.ts'
import { tokenIn } from './token-in.ts'
import './shared.css'

/** The token stands behind the hash, so that no server's log and no other site ever sees it. */
function Shared() {
  const t = useTranslate()
  const shown = useShown()
  if (shown.item) return <SharedPicture item={shown.item} />
  return (
    <>
      <h1 class="visually-hidden">{t('library.shared-title')}</h1>
      {shown.state}
    </>
  )
}

function useShown(): { item: SharedItem | null; state: ComponentChildren } {
  const t = useTranslate()
  const [token, setToken] = useState<string | null | undefined>(undefined)
  useEffect(() => {
    const read = () => setToken(tokenIn(window.location.hash))
    read()
    window.addEventListener('hashchange', read)
    return () => window.removeEventListener('hashchange', read)
  }, [])
  const { data, problem, reload } = useResource(token ? `share-${token}` : null, (signal) =>
    getShared(token ?? '', signal),
  )
  const state = (): ComponentChildren => {
    if (token === null)
      return <EmptyState icon="link" title={t('library.shared-none-title')} text={t('library.shared-none-text')} />
    if (problem?.status === 404 || problem?.status === 410)
      return <EmptyState icon="link" title={t('library.shared-gone-title')} text={t('library.shared-gone-text')} />
    if (problem) return <ErrorState problem={problem} onRetry={reload} />
    return (
      <p class="visually-hidden" role="status">
        {t('ui.loading')}
      </p>
    )
  }
  return { item: token && !problem ? data : null, state: state() }
}

function SharedPicture({ item }: { item: SharedItem }) {
  const t = useTranslate()
  const locale = useLocale()
  const title = item.title || t('library.untitled')
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [title])
  return (
    <article class="shared">
      <ItemPicture item={item} rendition="web" alt={title} eager />
      <header class="shared-head">
        <div>
          <h1 dir="auto">{title}</h1>
          <p class="muted">
            {item.generated && (
              <>
                {t('library.shared-generated')}
                {item.model !== null && (
                  <>
                    : <bdi dir="ltr">{item.model}</bdi>
                  </>
                )}
                {' · '}
              </>
            )}
            <time dateTime={new Date(item.created_at).toISOString()}>
              {formatTime(locale, item.created_at, 'date')}
            </time>
            {item.expires_at !== null && (
              <> · {t('library.shared-until', { when: formatTime(locale, item.expires_at, 'date') })}</>
            )}
          </p>
        </div>
        <LinkButton variant="primary" icon="download" href={item.urls.original} download>
          {t('library.download')}
        </LinkButton>
      </header>
      <a class="shared-made" href={localized(locale, '/')}>
        <Logo size={22} />
        <span>{t('library.shared-made-with')}</span>
      </a>
    </article>
  )
}

export const SharedIsland = island(Shared)
