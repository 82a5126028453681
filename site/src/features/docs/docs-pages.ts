// What the folder `docs` becomes: the pages of one language in their order, and the addresses that lead to them.
export interface DocsEntry {
  id: string
  data: { title: string; description: string; order: number; also: string[] }
}

/** `ar/money` → language and slug. The loader calls `ar/index.md` plainly `ar`. */
export function splitId(id: string): { locale: string; slug: string } {
  const [locale = '', slug = 'index'] = id.split('/')
  return { locale, slug }
}

export const slugOf = (entry: DocsEntry): string => splitId(entry.id).slug

export const pagesOf = <E extends DocsEntry>(entries: readonly E[], locale: string): E[] =>
  entries.filter((entry) => splitId(entry.id).locale === locale).toSorted((a, b) => a.data.order - b.data.order)

export const docsPath = (locale: string, slug: string): string => (slug === 'index' ? `/${locale}/docs/` : `/${locale}/docs/${slug}`)

/** Each page under its own name and its other ones. The first page is the folder itself. */
export function addressesOf<E extends DocsEntry>(entries: readonly E[]): { locale: string; address: string; entry: E }[] {
  return entries.flatMap((entry) => {
    const { locale, slug } = splitId(entry.id)
    const own = slug === 'index' ? [] : [slug]
    return [...own, ...entry.data.also].map((address) => ({ locale, address, entry }))
  })
}

export function neighbours<E extends DocsEntry>(pages: readonly E[], entry: E): { previous: E | null; next: E | null } {
  const index = pages.findIndex(({ id }) => id === entry.id)
  return { previous: pages[index - 1] ?? null, next: index < 0 ? null : (pages[index + 1] ?? null) }
}
