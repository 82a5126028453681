// The public address of a share: a page of the site, which is given its token where no server and no log reads it.
import type { SiteLocale } from '#shared/http/choose-locale'
import type { LibrarySystem } from './context.ts'
import type { ShareUrls } from './to-library-item.ts'

export const shareUrls = (
  { signer, siteUrl, now }: Pick<LibrarySystem, 'signer' | 'siteUrl' | 'now'>,
  locale: SiteLocale = 'en',
): ShareUrls => ({
  async shareUrl({ id, expiresAt }) {
    if (expiresAt !== null && expiresAt <= now()) return null
    return `${siteUrl}/${locale}/shared#${await signer.shareToken(id)}`
  },
})
