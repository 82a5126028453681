// The language that a message is written in, as a BCP-47 tag; `ar-Latn` is Arabic in Latin letters. Code, addresses
// and names of things do not count; too little to tell is taken to be what was spoken before.
import { arabiziShare } from './arabizi.ts'
import { detectArabicScript, type ScriptVerdict } from './arabic-script.ts'
import { detectCyrillicScript, detectLatinScript } from './latin-script.ts'
import { countScripts, languageOfScript, type Script } from './scripts.ts'
import { stripNoise } from './strip-noise.ts'

export interface Detection {
  /** Null where nothing in the text is in any language and nothing was spoken before. */
  language: string | null
  /** 0 to 1. */
  confidence: number
}

export interface DetectOptions {
  /** The language of the message before, or of the page. */
  prior?: string | null
}

/** Longer texts say nothing that their beginning does not. */
const MAX_CHARACTERS = 4_000

const proseWords =
  /\b(the|is|are|you|what|how|why|where|does|do|can|and|this|that|with|le|les|est|vous|que|dans|pour|der|die|das|und|ist|ich)\b/i

/** Whether an Arabic text merely has Latin names in it: «شرح React useEffect». */
function isArabicWithTerms(text: string, counts: Record<Script, number>): boolean {
  if (counts.arabic === 0) return false
  if (counts.arabic >= counts.latin) return true
  // «ترجم: …»: who asks in Arabic is answered in Arabic, whatever is quoted.
  const [request = '', quoted] = text.split(/[:：\n]/, 2)
  if (quoted !== undefined && /\p{Script=Arabic}/u.test(request) && !/\p{Script=Latin}/u.test(request)) return true
  return !proseWords.test(text)
}

function mainScript(text: string, counts: Record<Script, number>): Script | null {
  const present = (Object.keys(counts) as Script[]).filter((script) => counts[script] > 0)
  if (present.length === 0) return null
  if (present.every((script) => script === 'arabic' || script === 'latin'))
    return isArabicWithTerms(text, counts) ? 'arabic' : 'latin'
  // Japanese is mostly Han, but nobody else writes kana.
  if (counts.kana > 0 && counts.han + counts.kana >= counts.latin) return 'kana'
  return present.toSorted((a, b) => counts[b] - counts[a])[0]!
}

const sharesScript = (language: string, script: 'arabic' | 'latin'): boolean =>
  script === 'arabic' ? ['ar', 'fa', 'ur', 'ps', 'ckb'].includes(language) : true

/** «ok», «React»: hardly a message of its own language. */
const isTooShort = (text: string): boolean => (text.match(/\p{L}/gu)?.length ?? 0) <= 3

async function detectLatin(text: string, prior: string | null): Promise<ScriptVerdict | null> {
  const share = arabiziShare(text)
  if (share >= 0.3) return { language: 'ar-Latn', confidence: Math.min(0.98, 0.5 + share / 2) }
  if (isTooShort(text) && prior) return { language: prior, confidence: 0.3 }
  return detectLatinScript(text, prior)
}

export async function detectLanguage(text: string, { prior = null }: DetectOptions = {}): Promise<Detection> {
  const prose = stripNoise(text.slice(0, MAX_CHARACTERS))
  const script = mainScript(prose, countScripts(prose))
  const unknown: Detection = { language: prior, confidence: prior ? 0.2 : 0 }
  if (script === null) return unknown
  if (script === 'arabic') {
    const verdict = detectArabicScript(prose)
    const shared = prior && sharesScript(prior, 'arabic')
    return verdict.confidence <= 0.5 && shared ? { language: prior, confidence: 0.5 } : verdict
  }
  if (script === 'latin') return (await detectLatin(prose, prior)) ?? unknown
  if (script === 'cyrillic') return detectCyrillicScript(prose)
  return { language: languageOfScript[script]!, confidence: 0.95 }
}
