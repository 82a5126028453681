/** What has a direction of its own but says nothing about the sentence around it: code, addresses, paths, mentions. */
const asides = [
  /(`+)[\s\S]*?\1/g,
  /\b(?:https?|ftp):\/\/[^\s<>()«»،؛]+/gi,
  /\bwww\.[^\s<>()«»،؛]+/gi,
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g,
  /(?<![\w/])(?:[A-Za-z]:\\|~?\/|\.{1,2}\/)[\w@.+-]+(?:[\\/][\w@.+-]*)*/g,
  /(?<![\w/])[\w@.-]+(?:\/[\w@.-]+)+\.\w{1,8}/g,
  /(?<![\p{L}\p{N}])@[\p{L}\p{N}_]+/gu,
]

const letter = /\p{L}/gu
const neutralLetter = /[\u0640\u02b0-\u036f]/u
const rtlLetter =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Samaritan}\p{Script=Mandaic}]/u

export interface StrongLetters {
  rtl: number
  ltr: number
}

/** Counts the letters that pull a text to one side. Digits, signs, marks and tatweel pull to neither. */
export function countStrongLetters(text: string): StrongLetters {
  let prose = text
  for (const aside of asides) prose = prose.replace(aside, ' ')
  const counts = { rtl: 0, ltr: 0 }
  for (const [character] of prose.matchAll(letter)) {
    if (neutralLetter.test(character)) continue
    counts[rtlLetter.test(character) ? 'rtl' : 'ltr']++
  }
  return counts
}
