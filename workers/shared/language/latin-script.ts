// Languages in Latin and Cyrillic letters: n-grams (eld), helped in short texts by the words that each uses most.
// eld is loaded when it is first needed: it would cost every cold start most of a second.
import type { Eld } from './eld.ts'
import type { ScriptVerdict } from './arabic-script.ts'

const vocabulary: Record<string, Set<string>> = Object.fromEntries(
  Object.entries({
    en: 'the is are you your what how why where when who do does can could would should and not this that with for of to in on it my me we they have has please thanks thank hello hi hey yes explain write give tell show make help good morning translate code difference between summarize work i am no u a at an',
    fr: "le la les des une un est pas vous nous je tu que qui quoi quel quelle dans pour avec sur et ou mon ma mes bonjour merci salut oui comment pourquoi combien peux ça ce cette au aux du svp très bien plaît où c'est qu'est suis traduis mot ne se sa son ses de d'un",
    es: 'el los las una un es que por para con como cómo qué cuál dónde hola gracias buenos días tengo puedo puedes sí muy mi me tu de la en y está favor cuánto cuesta quiero necesito ayúdame dame este esta estos texto traduce cuéntame al del lo se no más pero',
    de: 'der die das und ist nicht ich du sie mit ein eine wie was warum wo wann hallo danke dank vielen bitte guten morgen tag kannst können haben mir mein auf für zu von den im ja nein sehr gut geht',
    tr: 've bir bu için ne nasıl nasılsın neden nerede merhaba selam teşekkürler teşekkür ederim lütfen var yok mı mi mu değil çok iyi evet hayır ben sen bana günaydın kaç hangi',
    it: 'il lo gli una un è che per con come cosa dove quando ciao grazie buongiorno perché sono di mi puoi posso sì molto bene non questo quanto',
    pt: 'o os as uma um é que por para com como onde quando olá obrigado obrigada bom dia você não sim muito eu meu posso pode está qual',
    nl: 'de het een is niet ik je jij met hoe wat waarom waar hallo dank bedankt goedemorgen kun kan hebben mijn van voor ja nee en dit deze',
    id: 'yang dan di ini itu apa bagaimana kenapa mengapa dimana kapan saya kamu anda aku tidak bisa untuk dengan dari adalah terima kasih selamat pagi siang malam halo tolong mohon cara berapa sudah belum ada ke buat jelaskan apakah kabar baik',
  }).map(([language, words]) => [language, new Set(words.split(' '))]),
)

/** What people write here; every further language costs short texts of these some accuracy. */
const latin = [
  'en',
  'fr',
  'es',
  'de',
  'tr',
  'it',
  'pt',
  'nl',
  'ms',
  'pl',
  'sv',
  'da',
  'fi',
  'ro',
  'cs',
  'hu',
  'vi',
  'tl',
]

/** Letters that one of them has, or has far more often. */
const letters: [string, RegExp][] = [
  ['es', /[ñ¿¡]/],
  ['tr', /[ğış]/],
  ['de', /ß/],
  ['pt', /[ãõ]/],
  ['fr', /[œêèùçâîô]/],
]

/** Malay and Indonesian are one to its n-grams; most who write here write Indonesian. */
const renamed: Record<string, string> = { ms: 'id' }

let loading: Promise<{ latin: Eld; all: Eld }> | null = null

function load(): Promise<{ latin: Eld; all: Eld }> {
  loading ??= import('eld/extrasmall').then(({ eld }) => {
    const limited = eld.newInstance()
    limited.setLanguageSubset(latin)
    return { latin: limited, all: eld }
  })
  return loading
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}'’]+/gu) ?? []

function scoreAll(text: string, engine: Eld): Map<string, number> {
  const scores = new Map(
    Object.entries(engine.detect(text).getScores()).map(([language, score]) => [renamed[language] ?? language, score]),
  )
  const words = wordsOf(text).map((word) => word.replace('’', "'"))
  for (const [language, known] of Object.entries(vocabulary)) {
    const share = words.filter((word) => known.has(word)).length / Math.max(1, words.length)
    if (share > 0) scores.set(language, (scores.get(language) ?? 0) + share * 0.8)
  }
  for (const [language, own] of letters)
    if (own.test(text.toLowerCase())) scores.set(language, (scores.get(language) ?? 0) + 0.3)
  return scores
}

export async function detectLatinScript(text: string, prior: string | null): Promise<ScriptVerdict | null> {
  const ranked = [...scoreAll(text, (await load()).latin)].toSorted((a, b) => b[1] - a[1])
  const [best, second] = ranked
  if (!best) return null
  const words = wordsOf(text).length
  const expected = prior && ranked.find(([language]) => language === prior)
  // A word or two fit several languages: then it is probably the one that was spoken before.
  if (expected && words < 4 && expected[1] >= best[1] - 0.25) return { language: expected[0], confidence: 0.6 }
  const lead = best[1] - (second?.[1] ?? 0)
  return { language: best[0], confidence: Math.min(0.98, (words < 3 ? 0.4 : 0.6) + lead) }
}

export async function detectCyrillicScript(text: string): Promise<ScriptVerdict> {
  const { language } = (await load()).all.detect(text)
  if (/[іїєґ]/i.test(text)) return { language: 'uk', confidence: 0.95 }
  return { language: ['ru', 'bg', 'sr', 'be', 'uk'].includes(language) ? language : 'ru', confidence: 0.8 }
}
