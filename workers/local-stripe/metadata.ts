/** What is set is added to what was there; an empty value removes its key, an empty text every key. */
export function mergeMetadata(before: Record<string, string> | null, given: Record<string, string> | '' | undefined) {
  if (given === undefined) return { ...before }
  if (given === '') return {}
  const merged = { ...before, ...given }
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== ''))
}
