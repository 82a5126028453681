// What the guide says. It names itself in every answer, quotes the documentation and links to it, and says so
// when it does not know.
import { foldArabic, foldedWords } from '#shared/lib/fold-arabic'
import type { LanguageMessage } from '../spec/language-model.ts'
import { passages } from './passages.ts'
import type { GuideLanguage, Passage } from './passages/passage.ts'
import { retrieve, type Found } from './retrieve.ts'

/** Below this, a match is an accident of common words. */
const ENOUGH = 3
/** Where all of the question is spoken of, common words will do. */
const ENOUGH_FOR_ALL = 1.2
/** A question of which less is known than this is about something else, unless what is known is rare. */
const ENOUGH_OF_IT = 0.5
const RARE_ENOUGH = 5.5
/** A second passage is told when it is nearly as good as the first. */
const NEARLY = 0.72
const MOST_PASSAGES = 3

const words = {
  en: {
    fromSandbox: '*From Riwaq’s sandbox: a guide that quotes the documentation, not a language model.*',
    readMore: 'Read more:',
    greeting: 'Hello! Ask me how Riwaq works, in English or in Arabic.',
    thanks: 'You are welcome. Ask on whenever you like.',
    unknown:
      'I found nothing about that in Riwaq’s documentation, and beyond it I know nothing. A real model can answer once its vendor’s key is set.',
    topics: 'You could ask me about:',
    suggestions: [
      'What is Riwaq?',
      'How do I make an API key?',
      'How do holds and settlement work?',
      'How do I connect Ollama?',
      'How do I deploy to Cloudflare?',
    ],
  },
  ar: {
    fromSandbox: '*من البيئة التجريبية في رواق: دليل يقتبس من الوثائق، لا نموذج لغوي.*',
    readMore: 'للمزيد:',
    greeting: 'أهلًا بك! اسألني كيف يعمل رواق، بالعربية أو بالإنجليزية.',
    thanks: 'على الرحب والسعة. اسأل متى شئت.',
    unknown: 'لم أجد شيئًا عن ذلك في وثائق رواق، ولا علم لي بغيرها. ويستطيع نموذج حقيقي أن يجيبك متى ضُبط مفتاح مزوّده.',
    topics: 'يمكنك أن تسألني عن:',
    suggestions: [
      'ما هو رواق؟',
      'كيف أنشئ مفتاح API؟',
      'كيف يعمل حجز الرصيد وتسويته؟',
      'كيف أصل Ollama؟',
      'كيف أنشر المنصة على Cloudflare؟',
    ],
  },
}

const greetings = new Set(foldedWords('hello hi hey salam welcome marhaba مرحبا أهلا اهلا سلام السلام هلا مساء صباح'))
const thanks = new Set(foldedWords('thanks thank thx شكرا شكراً أشكرك مشكور تسلم'))
/** How a question that leans on the one before it begins. */
const leaning = /^(?:and |what about|how about|but |also |وماذا|وهل|وكيف|ماذا عن|و ?لل|وعن )/
/** "Who are you?" has no rare word to be found by. */
const identity = /^(?:(?:who|what) are you|are you |what model|which model are|من انت|ما انت|هل انت|اي نموذج انت)/

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

const isAnswer = ({ score, coverage }: Found): boolean =>
  score >= (coverage === 1 ? ENOUGH_FOR_ALL : ENOUGH) && (coverage >= ENOUGH_OF_IT || score >= RARE_ENOUGH)

const bestOf = (found: Found[]): Passage[] =>
  found
    .filter((candidate) => isAnswer(candidate) && candidate.score >= found[0]!.score * NEARLY)
    .slice(0, MOST_PASSAGES)
    .map(({ passage }) => passage)

/** A question that leans on the one before it ("and for members?") is looked up together with it. */
function findPassages(questions: string[], language: GuideLanguage): Passage[] {
  const [last = '', before = ''] = questions
  const together = () => bestOf(retrieve(`${last} ${before}`, language))
  if (before && foldedWords(last).length <= 5 && leaning.test(foldArabic(last).trim())) return together()
  return bestOf(retrieve(last, language))
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
  const found = identity.test(foldArabic(question))
    ? passages.filter(({ page }) => page === 'sandbox')
    : findPassages(questions, language)
  if (found.length > 0) return [say.fromSandbox, ...found.map((passage) => toBlock(passage, language))].join('\n\n')
  if (asked.length === 0 || asked.some((word) => greetings.has(word)))
    return `${say.fromSandbox}\n\n${say.greeting}\n\n${toSuggestions(language)}`
  return `${say.fromSandbox}\n\n${say.unknown}\n\n${toSuggestions(language)}`
}
