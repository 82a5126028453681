// Which writing systems a text uses, and how much of each.
export const scripts = {
  arabic: /\p{Script=Arabic}/gu,
  latin: /\p{Script=Latin}/gu,
  cyrillic: /\p{Script=Cyrillic}/gu,
  kana: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu,
  han: /\p{Script=Han}/gu,
  hangul: /\p{Script=Hangul}/gu,
  hebrew: /\p{Script=Hebrew}/gu,
  greek: /\p{Script=Greek}/gu,
  devanagari: /\p{Script=Devanagari}/gu,
  bengali: /\p{Script=Bengali}/gu,
  tamil: /\p{Script=Tamil}/gu,
  thai: /\p{Script=Thai}/gu,
  armenian: /\p{Script=Armenian}/gu,
  georgian: /\p{Script=Georgian}/gu,
  ethiopic: /\p{Script=Ethiopic}/gu,
} as const

export type Script = keyof typeof scripts

/** Scripts that one language uses alone, or almost. */
export const languageOfScript: Partial<Record<Script, string>> = {
  kana: 'ja',
  han: 'zh',
  hangul: 'ko',
  hebrew: 'he',
  greek: 'el',
  devanagari: 'hi',
  bengali: 'bn',
  tamil: 'ta',
  thai: 'th',
  armenian: 'hy',
  georgian: 'ka',
  ethiopic: 'am',
}

export const countScripts = (text: string): Record<Script, number> =>
  Object.fromEntries(
    Object.entries(scripts).map(([script, letters]) => [script, text.match(letters)?.length ?? 0]),
  ) as Record<Script, number>
