/** Up to two letters to stand for a name, in whatever script it is written. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/[\s\u00a0._-]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words
  const letters = chosen.map((word) => /[\p{L}\p{N}]/u.exec(word ?? '')?.[0]?.toLocaleUpperCase() ?? '')
  // Two Arabic letters side by side read as a word, often as "no"; one says enough.
  return /\p{Script=Arabic}/u.test(letters[0] ?? '') ? (letters[0] ?? '') : letters.join('')
}

/** One of `count` hues, always the same for the same name. */
export function hueOf(name: string, count: number): number {
  let sum = 0
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 9973
  return sum % count
}
