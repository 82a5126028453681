// Arabic, Persian, Urdu, Pashto and Kurdish share a script; letters and a few words that only one of them has tell
// them apart. A letter borrowed for a sound (چ in Iraq, پ in a trade mark) does not make Arabic Persian.
const count = (text: string, letters: RegExp): number => text.match(letters)?.length ?? 0

const letters = {
  ur: /[ٹڈڑںےھہۓ]/g,
  ps: /[ځډړښڼېۍګټ]/g,
  ckb: /[ڕڵۆێە]/g,
  fa: /[پچژگکی]/g,
  /** Hamza on a seat, taa marbuta, and the Arabic forms of kaf and yaa; vowel signs. */
  ar: /[ةأإؤئىيك]|[\u064b-\u0652]/g,
}

const words = {
  fa: new Set(
    'است هست نیست از را این در با برای چطور چرا کجا که می من‌ شما بود دارم دارد کن کنم کنید خوبم ممنون مرسی لطفا لطفاً درباره هوا فردا امروز بگو بده چیست خیلی'.split(
      ' ',
    ),
  ),
  ur: new Set('کیا آپ اور کا کی کو کر نہیں ہے کیسے میرا مجھے بتائیں کرو کرنا شکریہ'.split(' ')),
  ar: new Set(
    'هذا هذه ما ماذا كيف من في على الى إلى عن هل انا أنا انت مع ايش شو ليش وين ده دي ايه مش عايز عشان بس هو هي لماذا متى'.split(
      ' ',
    ),
  ),
}

export interface ScriptVerdict {
  language: string
  /** 0 to 1. */
  confidence: number
}

export function detectArabicScript(text: string): ScriptVerdict {
  const tokens = text.match(/[\p{Script=Arabic}\u200c]+/gu) ?? []
  const spoken = (language: keyof typeof words) => tokens.filter((token) => words[language].has(token)).length
  const articles = tokens.filter((token) => /^(وال|بال|فال|كال|لل|ال)[\u0621-\u064a]{2}/.test(token)).length
  const urdu = count(text, letters.ur) + spoken('ur')
  const pashto = count(text, letters.ps)
  const kurdish = count(text, letters.ckb)
  const persian = count(text, letters.fa) + 2 * spoken('fa')
  const arabic = count(text, letters.ar) + 2 * articles + 2 * spoken('ar')
  if (pashto > 0 && pashto >= urdu) return { language: 'ps', confidence: 0.9 }
  if (kurdish >= 2 && kurdish > urdu) return { language: 'ckb', confidence: 0.9 }
  if (urdu > 0 && urdu * 2 >= arabic) return { language: 'ur', confidence: urdu > 1 ? 0.95 : 0.8 }
  if (persian > arabic) return { language: 'fa', confidence: persian > 2 ? 0.95 : 0.8 }
  return { language: 'ar', confidence: arabic > 1 ? 0.95 : 0.5 }
}
