// What a character costs in tokens, by class, as two measures of one text: what to expect and what it cannot
// well exceed. One pass over char codes, no regular expression: it runs before every paid call.
//
// The ceiling was fitted to o200k and cl100k counts of thirty kinds of text (prose in ten languages, code, JSON,
// base64, hex, URLs, emoji, marked-up Arabic): never below either for anything that people send, and below only for
// letters drawn at random from rare scripts. It costs little to be high: what is not used is released.

/** Hundredths of a token, so that the loop adds integers. */
interface Weight {
  expected: number
  ceiling: number
}

const LOWER: Weight = { expected: 25, ceiling: 37 }
const UPPER: Weight = { expected: 25, ceiling: 58 }
const DIGIT: Weight = { expected: 25, ceiling: 80 }
const PUNCTUATION: Weight = { expected: 25, ceiling: 78 }
const SPACE: Weight = { expected: 25, ceiling: 12 }
const BREAK: Weight = { expected: 25, ceiling: 40 }
const ARABIC: Weight = { expected: 38.5, ceiling: 90 }
const ARABIC_MARK: Weight = { expected: 38.5, ceiling: 130 }
const ALPHABET: Weight = { expected: 90, ceiling: 62 }
const SYLLABLE: Weight = { expected: 90, ceiling: 130 }
const IDEOGRAPH: Weight = { expected: 90, ceiling: 130 }
const SURROGATE: Weight = { expected: 90, ceiling: 160 }
const RARE: Weight = { expected: 90, ceiling: 260 }

/** A word longer than any word is not one: random letters cost half a token each. */
const WORD_LENGTH = 14
const LONG_RUN = 22
/** `aB`, `a1`: a token rarely spans the change, which is what makes base64 dear. */
const CHANGE = 38
/** The second and later of a run of blanks are nearly free. */
const BLANK_RUN = 12

function asciiWeight(code: number): Weight {
  if (code >= 97 && code <= 122) return LOWER
  if (code === 32) return SPACE
  if (code >= 65 && code <= 90) return UPPER
  if (code >= 48 && code <= 57) return DIGIT
  return code < 32 ? BREAK : PUNCTUATION
}

const asciiWeights: Weight[] = Array.from({ length: 128 }, (_, code) => asciiWeight(code))

function weightOf(code: number): Weight {
  if (code < 128) return asciiWeights[code]!
  if (code >= 0x600 && code <= 0x6ff) return (code >= 0x64b && code <= 0x65f) || code === 0x670 ? ARABIC_MARK : ARABIC
  if (code >= 0xa0 && code < 0x530) return ALPHABET
  if (code >= 0x4e00 && code <= 0x9fff) return IDEOGRAPH
  if ((code >= 0x900 && code <= 0xeff) || (code >= 0x3040 && code <= 0x30ff) || (code >= 0xac00 && code <= 0xd7af))
    return SYLLABLE
  if (code >= 0x590 && code < 0x900) return ARABIC_MARK
  if (code >= 0xd800 && code <= 0xdfff) return SURROGATE
  return code >= 0x2000 && code <= 0x303f ? SYLLABLE : RARE
}

const isWord = (weight: Weight): boolean => weight === LOWER || weight === UPPER || weight === DIGIT
const isBlank = (weight: Weight): boolean => weight === SPACE || weight === BREAK

export interface TextTokens {
  expected: number
  ceiling: number
}

export function weighText(text: string): TextTokens {
  let expected = 0
  let ceiling = 0
  let run = 0
  let previous = SPACE
  for (let at = 0; at < text.length; at++) {
    const weight = weightOf(text.charCodeAt(at))
    expected += weight.expected
    if (isWord(weight)) {
      run = isWord(previous) ? run + 1 : 1
      ceiling += weight.ceiling
      if (run > WORD_LENGTH) ceiling += LONG_RUN
      // A capital that begins a word is part of it.
      if (run > 1 && weight !== previous && !(previous === UPPER && weight === LOWER && run === 2)) ceiling += CHANGE
    } else {
      ceiling += isBlank(weight) && weight === previous ? BLANK_RUN : weight.ceiling
    }
    previous = weight
  }
  // What is expected is what may be charged, so it is never above what is held.
  return { expected: expected / 100, ceiling: Math.max(expected, ceiling) / 100 }
}
