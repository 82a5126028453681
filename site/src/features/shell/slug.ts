/** An organization's address name from what it is called; letters of other scripts leave only the random end. */
export function slugFor(name: string, random: string): string {
  const stem = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
  return stem === '' ? `org-${random}` : `${stem}-${random}`
}
