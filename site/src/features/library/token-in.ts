/** `#shr_…` → the token of a public page; null where there is none. */
export function tokenIn(hash: string): string | null {
  const token = hash.startsWith('#') ? hash.slice(1) : hash
  return /^[\w.~-]{8,200}$/.test(token) ? token : null
}
