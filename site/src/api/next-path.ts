/**
 * Where to go after signing in. Only a path on this site: an address from a link that someone was sent must
 * not lead anywhere else.
 */
export function safeNextPath(value: string | null | undefined, fallback: string): string {
  if (!value || !value.startsWith('/') || /[\p{Cc}\s\\]/u.test(value)) return fallback
  const base = 'https://riwaq.invalid'
  try {
    const url = new URL(value, base)
    if (url.origin !== base || url.pathname.startsWith('//')) return fallback
    return `${url.pathname}${url.search}${url.hash}`
  } catch {
    return fallback
  }
}

/** The sign-in page that leads back to where one was. */
export const signInPath = (locale: string, from: string): string =>
  `/${locale}/sign-in?next=${encodeURIComponent(from)}`
