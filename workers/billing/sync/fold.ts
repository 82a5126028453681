/** Words as 26 letters and digits, the same for the same words. */
export async function fold(words: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(words))
  return [...new Uint8Array(hash).slice(0, 13)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
