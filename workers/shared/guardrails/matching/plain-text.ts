// Digits and separators of other scripts as their ASCII twins, one code unit for one, so that places stay the same.

const OTHERS =
  /[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19\u00a0\u2007\u2009\u202f\u2010-\u2015\u2212\uff0b\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

function twinOf(character: string): string {
  const code = character.charCodeAt(0)
  if (code >= 0xff10 && code <= 0xff19) return String.fromCharCode(code - 0xff10 + 48)
  if (code >= 0x660 && code <= 0x6f9) return String.fromCharCode((code & 0xf) + 48)
  if (code === 0xff0b) return '+'
  if ((code >= 0x2010 && code <= 0x2015) || code === 0x2212) return '-'
  // Spaces, and the marks that turn the writing direction: beside a number they separate.
  return ' '
}

export const toPlain = (text: string): string => text.replace(OTHERS, twinOf)
