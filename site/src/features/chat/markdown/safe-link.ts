const schemes = new Set(['http:', 'https:', 'mailto:'])

/** Where a link in a model's answer may lead: the web or a mailbox, never a script, a file or this site's own paths by surprise. */
export function safeLink(href: string): string | null {
  try {
    const url = new URL(href)
    return schemes.has(url.protocol) && !url.username && !url.password ? url.href : null
  } catch {
    // The guide's answers link to pages of this site.
    return /^\/(?![/\\])[\w\-./?=&#%]*$/.test(href) ? href : null
  }
}

/** Leads away from this site, and so opens beside it. */
export const isForeign = (href: string): boolean => !href.startsWith('/')
