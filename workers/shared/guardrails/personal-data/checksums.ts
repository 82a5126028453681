// What tells a real number from some number.

/** ISO/IEC 7812: cards, and the ids of several countries. */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let at = 0; at < digits.length; at++) {
    const digit = digits.charCodeAt(digits.length - 1 - at) - 48
    sum += at % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2
  }
  return sum % 10 === 0
}

/** ISO 13616: the account number of a bank, without spaces, in capitals. */
export function passesMod97(iban: string): boolean {
  let rest = 0
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const code = character.charCodeAt(0)
    rest = code < 58 ? (rest * 10 + code - 48) % 97 : (rest * 100 + code - 55) % 97
  }
  return rest === 1
}

/** `yymmdd` of a day that there is. */
export function isDate(digits: string, century: 1900 | 2000): boolean {
  const [year, month, day] = [0, 2, 4].map((at) => Number(digits.slice(at, at + 2))) as [number, number, number]
  const date = new Date(Date.UTC(century + year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}
