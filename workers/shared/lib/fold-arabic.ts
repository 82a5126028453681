// What Arabic writers do not distinguish is made equal, so that «إدارة», «ادارة» and «إِدارَه» are one word.
// Latin text only loses its case.

const TASHKEEL_AND_TATWEEL = /[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0640]/g
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

/** For comparing, never for showing. The length may change. */
export const foldArabic = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(TASHKEEL_AND_TATWEEL, '')
    .replace(INVISIBLE, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه')
    .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
    .toLowerCase()

/** «والرصيد», «بالرصيد» and «الرصيد» are looked for as «رصيد»; a stem of fewer than three letters keeps its article. */
export const stripArticle = (word: string): string => word.replace(/^و?(?:[فبك]?ال|لل)(?=.{3})/, '')

const WORD = /[\p{L}\p{N}]+/gu

/** The words of a text, folded, without their article. */
export const foldedWords = (text: string): string[] => (foldArabic(text).match(WORD) ?? []).map(stripArticle)
