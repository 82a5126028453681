// What a prompt speaks of, by its words in Arabic and English: what is to be seen, at which hour, in which colours and style.
import { foldedWords } from '#shared/lib/fold-arabic'
import type { Colour } from './colour.ts'

export const subjects = [
  'mountains',
  'sea',
  'desert',
  'city',
  'forest',
  'garden',
  'space',
  'portrait',
  'cat',
  'pattern',
  'calligraphy',
  'abstract',
] as const
export type Subject = (typeof subjects)[number]

export type Hour = 'dawn' | 'day' | 'sunset' | 'night'
export const styles = [
  'pixel',
  'ink',
  'watercolour',
  'monochrome',
  'vintage',
  'pastel',
  'cinematic',
  'neon',
  'manuscript',
] as const
export type Style = (typeof styles)[number]

export interface Reading {
  subject: Subject | null
  hour: Hour | null
  style: Style | null
  colours: Colour[]
  /** Snow, rain, birds, boats: what is added where it fits. */
  details: ReadonlySet<Detail>
  /** What is not to be seen. */
  without: ReadonlySet<Detail | 'words'>
}

const detailWords = {
  snow: 'snow snowy winter ice ثلج ثلوج ثلجي شتاء جليد',
  rain: 'rain rainy storm مطر ماطر امطار عاصفه',
  birds: 'bird birds seagull طيور طائر عصافير نوارس حمام',
  boat: 'boat ship sail sailing dhow قارب مركب سفينه قوارب شراع زورق',
  camels: 'camel camels caravan جمل جمال ابل قافله ناقه',
  palms: 'palm palms oasis نخله نخيل نخل واحه',
  mosque: 'mosque minaret dome islamic مسجد مساجد ماذنه قبه قباب جامع',
  lanterns: 'lantern lanterns ramadan فانوس فوانيس رمضان',
} as const
export type Detail = keyof typeof detailWords

const subjectWords: Record<Subject, string> = {
  mountains: 'mountain mountains hill hills valley peak alps cliff جبل جبال تل تلال وادي قمه هضبه',
  sea: 'sea ocean beach coast wave waves water lake river island harbour harbor port boat ship sail بحر محيط شاطئ ساحل موج امواج ماء بحيره نهر جزيره ميناء قارب سفينه مركب',
  desert:
    'desert dune dunes sand camel camels caravan oasis صحراء صحراوي رمال رمل كثبان كثيب جمل جمال قافله واحه نخيل بدو خيمه',
  city: 'city town street building buildings skyline tower house mosque minaret village cairo dubai riyadh مدينه مدن شارع بنايه عماره مبني ابراج برج بيت منزل مسجد ماذنه قريه قاهره دبي رياض دمشق بغداد حاره سوق قصر',
  forest: 'forest tree trees wood woods jungle pine غابه غابات شجره شجر اشجار صنوبر',
  garden:
    'garden flower flowers rose roses tulip blossom meadow spring field حديقه بستان زهره زهور ورده ورد ازهار ربيع حقل ياسمين',
  space:
    'space planet planets galaxy nebula astronaut rocket universe cosmos mars فضاء كوكب كواكب مجره سديم رائد صاروخ كون مريخ',
  portrait:
    'portrait face woman man girl boy person child people بورتريه شخصيه وجه امراه رجل فتاه ولد شخص طفل طفله سيده شيخ ناس',
  cat: 'cat cats kitten قطه قط قطط هر هره',
  pattern:
    'pattern geometric ornament mosaic tile tiles arabesque zellij زخرفه زخارف هندسي هندسيه فسيفساء بلاط ارابيسك زليج نقش نقوش',
  calligraphy: 'calligraphy lettering word words typography quote sign poster خط كتابه عباره كلمه لافته حكمه شعر قصيده',
  abstract: 'abstract shapes modern art circles تجريدي تجريديه اشكال دوائر',
}

const hourWords: Record<Hour, string> = {
  dawn: 'dawn sunrise morning mist fog فجر شروق صباح ضباب سحر',
  day: 'day noon sunny daylight afternoon نهار ظهر ظهيره مشمس مشمسه',
  sunset: 'sunset dusk evening twilight غروب مغيب مساء شفق اصيل مغرب',
  night: 'night midnight moon moonlight stars starry ليل ليله ليلا قمر نجوم منتصف',
}

const colourWords: readonly (readonly [Colour, string])[] = [
  ['#c8362f', 'red crimson scarlet احمر حمراء قرمزي'],
  ['#e8792b', 'orange برتقالي برتقاليه'],
  ['#e7b93c', 'yellow golden gold اصفر صفراء ذهبي ذهبيه'],
  ['#3f9a5b', 'green emerald اخضر خضراء زمردي'],
  ['#1f9aa0', 'turquoise teal cyan فيروزي فيروزيه تركواز'],
  ['#2f6fc0', 'blue azure indigo ازرق زرقاء نيلي'],
  ['#7a4bb5', 'purple violet lavender بنفسجي بنفسجيه ارجواني'],
  ['#e27a9c', 'pink rosy وردي ورديه زهري'],
  ['#8a5a3a', 'brown بني بنيه'],
  ['#f4f1ea', 'white ابيض بيضاء'],
  ['#22242a', 'black اسود سوداء'],
]

const styleWords: Record<Style, string> = {
  pixel: 'pixel pixels بكسل بكسلات',
  ink: 'ink sketch drawing engraving حبر اسكتش',
  watercolour: 'watercolour watercolor aquarelle مائيه',
  monochrome: 'monochrome noir greyscale grayscale',
  vintage: 'vintage retro قديم عتيق',
  pastel: 'pastel باستيل',
  cinematic: 'cinematic سينمائي سينمائيه',
  neon: 'neon cyberpunk synthwave نيون',
  manuscript: 'manuscript miniature illuminated منمنمه مخطوط مخطوطه',
}

type Table<Name extends string> = ReadonlyMap<string, Name>

const tableOf = <Name extends string>(words: Record<Name, string>): Table<Name> =>
  new Map(
    (Object.entries(words) as [Name, string][]).flatMap(([name, list]) =>
      foldedWords(list).map((word) => [word, name] as const),
    ),
  )

const tables = {
  subject: tableOf(subjectWords),
  hour: tableOf(hourWords),
  style: tableOf(styleWords),
  detail: tableOf(detailWords),
  colour: new Map(colourWords.flatMap(([colour, list]) => foldedWords(list).map((word) => [word, colour] as const))),
}

/** «وقارب», «لرجل» and «بنجوم» are looked for as they stand, and then without the letter that leans on them; so is a plural. */
const lookUp = <Name>(word: string, table: ReadonlyMap<string, Name>): Name | undefined =>
  table.get(word) ?? table.get(word.replace(/^[وفبلك](?=\p{Script=Arabic}{2})/u, '').replace(/(?<=[a-z]{2})s$/, ''))

const allOf = <Name>(words: readonly string[], table: ReadonlyMap<string, Name>): Name[] => [
  ...new Set(words.flatMap((word) => lookUp(word, table) ?? [])),
]

const WRITTEN = new Set(foldedWords('text words writing letters caption lettering نص كتابه كلمات حروف خطوط'))

/** Colours and the hour are of the whole prompt; what is to be seen is what it speaks of first. */
export function readPrompt(prompt: string, negativePrompt = ''): Reading {
  const words = foldedWords(prompt)
  const unwanted = foldedWords(negativePrompt)
  const without = new Set<Detail | 'words'>(allOf(unwanted, tables.detail))
  if (unwanted.some((word) => WRITTEN.has(word))) without.add('words')
  return {
    subject: allOf(words, tables.subject)[0] ?? null,
    hour: allOf(words, tables.hour)[0] ?? null,
    style: allOf(words, tables.style)[0] ?? null,
    colours: allOf(words, tables.colour).slice(0, 2),
    details: new Set(allOf(words, tables.detail).filter((detail) => !without.has(detail))),
    without,
  }
}
