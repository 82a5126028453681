// Finds the passages that answer a question: BM25 over folded words, in the language of the question.
import { foldedWords } from '#shared/lib/fold-arabic'
import { passages } from './passages.ts'
import type { GuideLanguage, Passage } from './passages/passage.ts'

const K1 = 1.4
const B = 0.4
/** What a title or a keyword weighs against a word of the text. */
const TITLE_WEIGHT = 3
const KEYWORD_WEIGHT = 2

const stopWords = {
  en: 'a an and are as at be by can could do does for from have how i in is it its me my of on or should that the there this to use using want was what when where which who why will with would you your please tell about need get explain me please',
  ar: 'في من على الى إلى عن ما ماذا هل كيف هو هي هذا هذه ذلك التي الذي أن إن أو ثم مع لا لم لن قد كان كل أي لي لك أنا أنت يمكن يمكنني أستطيع أريد اريد متى أين لماذا كم بعد قبل عند حتى إذا و يا شيء عندي لدي اشرح لنا اكتب أعطني',
}

const ARABIC_ENDING = /(?<=.{3})(?:ات|ان|ين|ون|ها|هم|كم|نا|ه|ي|ك|ا)$/

function stem(word: string, language: GuideLanguage): string {
  if (language === 'en' || /^[a-z0-9]/.test(word)) {
    return word.replace(/(?:ies)$/, 'y').replace(/(?<=.{3})(?:ing|ed|es|s)$/, '')
  }
  // Again and again, so that «استهلاكي» and «استهلاك» end as the same stem.
  let stemmed = word.replace(/^(?:و|ب|ل|ف|ك)(?=.{4})/, '')
  for (let before = ''; stemmed !== before;) {
    before = stemmed
    stemmed = stemmed.replace(ARABIC_ENDING, '')
  }
  return stemmed
}

const ignored = {
  en: new Set(foldedWords(stopWords.en)),
  ar: new Set([...foldedWords(stopWords.ar), ...foldedWords(stopWords.en)]),
}

const termsOf = (text: string, language: GuideLanguage): string[] =>
  foldedWords(text)
    .filter((word) => !ignored[language].has(word))
    .map((word) => stem(word, language))

interface IndexedPassage {
  passage: Passage
  weights: Map<string, number>
  length: number
}

interface Index {
  entries: IndexedPassage[]
  averageLength: number
  /** How rare a term is. */
  rarity: Map<string, number>
}

function indexPassage(passage: Passage, language: GuideLanguage): IndexedPassage {
  const { title, text, keywords } = passage[language]
  const weights = new Map<string, number>()
  let length = 0
  for (const [source, weight] of [
    [text, 1],
    [title, TITLE_WEIGHT],
    [keywords, KEYWORD_WEIGHT],
  ] as const) {
    for (const term of termsOf(source, language)) {
      weights.set(term, (weights.get(term) ?? 0) + weight)
      length += 1
    }
  }
  return { passage, weights, length }
}

function buildIndex(language: GuideLanguage): Index {
  const entries = passages.map((passage) => indexPassage(passage, language))
  const frequency = new Map<string, number>()
  for (const { weights } of entries)
    for (const term of weights.keys()) frequency.set(term, (frequency.get(term) ?? 0) + 1)
  const rarity = new Map(
    [...frequency].map(([term, count]) => [term, Math.log(1 + (entries.length - count + 0.5) / (count + 0.5))]),
  )
  return { entries, rarity, averageLength: entries.reduce((sum, { length }) => sum + length, 0) / entries.length }
}

const indexes: Partial<Record<GuideLanguage, Index>> = {}
const indexOf = (language: GuideLanguage): Index => (indexes[language] ??= buildIndex(language))

export interface Found {
  passage: Passage
  score: number
  /** How much of the question it speaks of, from 0 to 1. */
  coverage: number
}

/** The best passages first; none where nothing of the question is in the documentation. */
export function retrieve(question: string, language: GuideLanguage): Found[] {
  const { entries, rarity, averageLength } = indexOf(language)
  const terms = [...new Set(termsOf(question, language))]
  const scoreOf = ({ weights, length }: IndexedPassage): number =>
    terms.reduce((score, term) => {
      const weight = weights.get(term)
      if (!weight) return score
      return (
        score + ((rarity.get(term) ?? 0) * weight * (K1 + 1)) / (weight + K1 * (1 - B + (B * length) / averageLength))
      )
    }, 0)
  return entries
    .map((entry) => ({
      passage: entry.passage,
      score: scoreOf(entry),
      coverage: terms.filter((term) => entry.weights.has(term)).length / terms.length,
    }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
}
