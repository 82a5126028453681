// Numbers as people type them: with Arabic or Persian digits, and with either script's separators.

const latinDigit = (character: string): string => {
  const code = character.codePointAt(0) ?? 0
  if (code >= 0x0660 && code <= 0x0669) return String(code - 0x0660)
  if (code >= 0x06f0 && code <= 0x06f9) return String(code - 0x06f0)
  return character
}

/** ٠–٩ and ۰–۹ become 0–9; nothing else changes. */
export const toLatinDigits = (text: string): string => text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, latinDigit)

function toDecimalText(text: string): string | null {
  const plain = toLatinDigits(text)
    .replace(/[\s\u00a0\u200e\u200f\u061c$]/g, '')
    .replaceAll('\u066b', '.')
    .replace(/[,\u066c\u060c](?=\d{3}(?:\D|$))/g, '')
    .replace(/[\u2212]/g, '-')
  return /^-?(?:\d+(?:\.\d*)?|\.\d+)$/.test(plain) ? plain : null
}

/** What was meant, or null where it is not a number. */
export function parseNumber(text: string): number | null {
  const plain = toDecimalText(text)
  return plain === null ? null : Number(plain)
}

/** Dollars as typed → micros, without passing through a fraction. Null where it is not an amount, or finer than a micro. */
export function parseMicros(text: string): number | null {
  const plain = toDecimalText(text)
  if (plain === null) return null
  const negative = plain.startsWith('-')
  const [whole = '', fraction = ''] = plain.replace('-', '').split('.')
  if (fraction.replace(/0+$/, '').length > 6) return null
  const micros = Number(`${whole}${fraction.slice(0, 6).padEnd(6, '0')}`)
  if (!Number.isSafeInteger(micros)) return null
  return negative && micros !== 0 ? -micros : micros
}
