// What the guide says. It names itself in every answer, quotes the documentation and links to it, and says so
// when it does not know.
import { foldedWords } from '#shared/lib/fold-arabic'
import type { LanguageMessage } from '../spec/language-model.ts'
import type { GuideLanguage, Passage } from './passages/passage.ts'
import { retrieve, type Found } from './retrieve.ts'

/** Below this, a match is an accident of common words. */
const ENOUGH = 3
/** A second passage is told when it is nearly as good as the first. */
const NEARLY = 0.72
const MOST_PASSAGES = 3

const words = {
  en: {
    fromSandbox: '*From Riwaq’s sandbox: a guide that quotes the documentation, not a language model.*',
    readMore: 'Read more:',
    greeting: 'Hello! Ask me how Riwaq works, in English or in Arabic.',
    thanks: 'You are welcome. Ask on whenever you like.',
    unknown: 'I found nothing about that in Riwaq’s documentation, and beyond it I know nothing. A real model can answer once its vendor’s key is set.',
    topics: 'You could ask me about:',
    suggestions: ['What is Riwaq?', 'How do I make an API key?', 'How do holds and settlement work?', 'How do I connect Ollama?', 'How do I deploy to Cloudflare?'],
  },
  ar: {
    fromSandbox: '*من وضع التجربة في رواق: دليل يقتبس من الوثائق، لا نموذج لغوي.*',
    readMore: 'للمزيد:',
    greeting: 'أهلًا بك! اسألني كيف يعمل رواق، بالعربية أو بالإنجليزية.',
    thanks: 'على الرحب والسعة. اسأل متى شئت.',
    unknown: 'لم أجد شيئًا عن ذلك في وثائق رواق، ولا علم لي بغيرها. ويستطيع نموذج حقيقي أن يجيبك متى ضُبط مفتاح مزوّده.',
    topics: 'يمكنك أن تسألني عن:',
    suggestions: ['ما هو رواق؟', 'كيف أنشئ مفتاح API؟', 'كيف يعمل حجز الرصيد وتسويته؟', 'كيف أصل Ollama؟', 'كيف أنشر المنصة على Cloudflare؟'],
  },
}

const greetings = new Set(foldedWords('hello hi hey salam welcome marhaba مرحبا أهلا اهلا سلام السلام هلا مساء صباح'))
const thanks = new Set(foldedWords('thanks thank thx شكرا شكراً أشكرك مشكور تسلم'))
const ARABIC = /\p{Script=Arabic}/gu
const LATIN = /\p{Script=Latin}/gu

/** Arabic where a third of the letters are: a question in Arabic may name things in Latin letters. */
export function languageOf(text: string): GuideLanguage {
  const arabic = text.match(ARABIC)?.length ?? 0
  return arabic > 0 && arabic * 2 >= (text.match(LATIN)?.length ?? 0) ? 'ar' : 'en'
}

const textOf = (message: LanguageMessage): string =>
  message.content
    .map((part) => (part.type === 'text' ? part.text : ''))
    .join(' ')
    .trim()

const toBlock = (passage: Passage, language: GuideLanguage): string => {
  const { title, text } = passage[language]
  return `**${title}**\n\n${text}\n\n${words[language].readMore} [${title}](/${language}/docs/${passage.page})`
}

const toSuggestions = (language: GuideLanguage): string =>
  `${words[language].topics}\n\n${words[language].suggestions.map((question) => `- ${question}`).join('\n')}`

const bestOf = (found: Found[]): Passage[] =>
  found
    .filter(({ score }) => score >= ENOUGH && score >= found[0]!.score * NEARLY)
    .slice(0, MOST_PASSAGES)
    .map(({ passage }) => passage)

/** A question that leans on the one before it ("and for members?") is looked up together with it. */
function findPassages(questions: string[], language: GuideLanguage): Passage[] {
  const [last = '', before = ''] = questions
  const alone = bestOf(retrieve(last, language))
  if (alone.length > 0 || !before) return alone
  return foldedWords(last).length <= 5 ? bestOf(retrieve(`${last} ${last} ${before}`, language)) : []
}

export function answer(messages: LanguageMessage[]): string {
  const questions = messages
    .filter((message) => message.role === 'user')
    .map(textOf)
    .filter((text) => text !== '')
    .toReversed()
  const question = questions[0] ?? ''
  const language = languageOf(question)
  const say = words[language]
  const asked = foldedWords(question)
  const short = asked.length <= 4
  if (short && asked.some((word) => thanks.has(word))) return `${say.fromSandbox}\n\n${say.thanks}`
  const found = findPassages(questions, language)
  if (found.length > 0) return [say.fromSandbox, ...found.map((passage) => toBlock(passage, language))].join('\n\n')
  if (asked.length === 0 || asked.some((word) => greetings.has(word))) return `${say.fromSandbox}\n\n${say.greeting}\n\n${toSuggestions(language)}`
  return `${say.fromSandbox}\n\n${say.unknown}\n\n${toSuggestions(language)}`
}
