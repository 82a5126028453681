/** Up to two letters to stand for a name, in whatever script it is written. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/[\s\u00a0._-]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words
  const letters = chosen.map((word) => /[\p{L}\p{N}]/u.exec(word ?? '')?.[0] ?? '')
  // Arabic letters would join into a word; a thin space keeps them apart.
  return letters.map((letter) => letter.toLocaleUpperCase()).join(/\p{Script=Arabic}/u.test(letters.join('')) ? '\u200c' : '')
}

/** One of `count` hues, always the same for the same name. */
export function hueOf(name: string, count: number): number {
  let sum = 0
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973
  return sum % count
}
