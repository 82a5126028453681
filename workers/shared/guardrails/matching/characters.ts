// Classes of code units, asked for every character of a prompt.

export const isDigit = (code: number): boolean => code >= 48 && code <= 57
export const isLatin = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
export const isAlphanumeric = (code: number): boolean => isDigit(code) || isLatin(code)
/** Letters, digits and `_`. */
export const isWordCode = (code: number): boolean => isAlphanumeric(code) || code === 95
/** What keys and tokens are written in: letters, digits, `_` and `-`. */
export const isTokenCode = (code: number): boolean => isWordCode(code) || code === 45
/** The same with a dot. */
export const isDottedCode = (code: number): boolean => isTokenCode(code) || code === 46
/** With what base64 and URLs add. */
export const isBearerCode = (code: number): boolean =>
  isDottedCode(code) || code === 43 || code === 47 || code === 61 || code === 126

/** The end of the run of such characters that begins at `at`, at most `limit` long. */
export function endOfRun(text: string, at: number, belongs: (code: number) => boolean, limit = Infinity): number {
  const last = Math.min(text.length, at + limit)
  let end = at
  while (end < last && belongs(text.charCodeAt(end))) end++
  return end
}

/** The beginning of the run of such characters that ends before `end`, at most `limit` long and not before `floor`. */
export function startOfRun(
  text: string,
  end: number,
  belongs: (code: number) => boolean,
  { floor = 0, limit = Infinity }: { floor?: number; limit?: number } = {},
): number {
  const first = Math.max(floor, end - limit)
  let start = end
  while (start > first && belongs(text.charCodeAt(start - 1))) start--
  return start
}

/** The first half of a character of two code units. */
export const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdbff
