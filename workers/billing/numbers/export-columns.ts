// The columns of an export: the names of the API's fields, or words for people in their language.
import type { PublishedEntry } from '#shared/contracts/ledger'
import type { Locale } from '#shared/contracts/account'
import type { Cell } from '#shared/lib/to-csv'
import { units, type Unit } from '#shared/lib/money'

interface Column {
  name: string
  en: string
  ar: string
  cell: (entry: PublishedEntry) => Cell
}

const unitNames: Record<Unit, { en: string; ar: string }> = {
  input_tokens: { en: 'Input tokens', ar: 'رموز الإدخال' },
  cached_input_tokens: { en: 'Input tokens from the cache', ar: 'رموز إدخال من الذاكرة المؤقتة' },
  cache_write_tokens: { en: 'Input tokens written to the cache', ar: 'رموز إدخال حُفظت في الذاكرة المؤقتة' },
  cache_write_1h_tokens: {
    en: 'Input tokens written to the cache for an hour',
    ar: 'رموز إدخال حُفظت في الذاكرة المؤقتة ساعةً',
  },
  audio_input_tokens: { en: 'Audio input tokens', ar: 'رموز صوت في الإدخال' },
  output_tokens: { en: 'Output tokens', ar: 'رموز الإخراج' },
  reasoning_tokens: { en: 'Reasoning tokens', ar: 'رموز التفكير' },
  image_input_tokens: { en: 'Image input tokens', ar: 'رموز صور في الإدخال' },
  image_output_tokens: { en: 'Image output tokens', ar: 'رموز صور في الإخراج' },
  images: { en: 'Images', ar: 'صور' },
  megapixels: { en: 'Megapixels', ar: 'ميغابكسلات' },
  input_megapixels: { en: 'Megapixels of the input', ar: 'ميغابكسلات الإدخال' },
  image_tiles: { en: 'Image tiles', ar: 'مربعات صورة' },
  input_image_tiles: { en: 'Image tiles of the input', ar: 'مربعات صورة في الإدخال' },
  image_steps: { en: 'Diffusion steps', ar: 'خطوات التوليد' },
}

/** Dollars to the last millionth, without a float on the way. */
function decimal(micros: number): string {
  const [whole, rest] = [Math.trunc(Math.abs(micros) / 1_000_000), Math.abs(micros) % 1_000_000]
  return `${micros < 0 ? '-' : ''}${whole}.${String(rest).padStart(6, '0')}`
}

const ofUnit = (unit: Unit): Column[] => [
  { name: unit, ...unitNames[unit], cell: ({ usage }) => usage?.[unit] ?? null },
  {
    name: `${unit}_price`,
    en: `${unitNames[unit].en}: price per million (micros)`,
    ar: `${unitNames[unit].ar}: سعر المليون (أجزاء المليون من الدولار)`,
    cell: ({ usage, price }) => (usage?.[unit] ? (price?.[unit] ?? null) : null),
  },
]

const columns: Column[] = [
  { name: 'id', en: 'Entry id', ar: 'معرّف القيد', cell: ({ id }) => id },
  { name: 'at', en: 'Time (UTC)', ar: 'الوقت (عالمي)', cell: ({ at }) => new Date(at).toISOString() },
  { name: 'kind', en: 'Kind', ar: 'النوع', cell: ({ kind }) => kind },
  {
    name: 'amount',
    en: 'Amount (US dollars)',
    ar: 'المبلغ (دولار أمريكي)',
    cell: ({ amountMicros }) => decimal(amountMicros),
  },
  {
    name: 'amount_micros',
    en: 'Amount (micros)',
    ar: 'المبلغ (أجزاء المليون من الدولار)',
    cell: ({ amountMicros }) => amountMicros,
  },
  { name: 'request_id', en: 'Request id', ar: 'معرّف الطلب', cell: ({ requestId }) => requestId },
  { name: 'service', en: 'Service', ar: 'الخدمة', cell: ({ service }) => service },
  { name: 'model', en: 'Model', ar: 'النموذج', cell: ({ model }) => model },
  { name: 'provider', en: 'Provider', ar: 'المزوّد', cell: ({ provider }) => provider },
  { name: 'key_id', en: 'API key', ar: 'مفتاح API', cell: ({ keyId }) => keyId },
  { name: 'user_id', en: 'Member', ar: 'العضو', cell: ({ userId }) => userId },
  ...units.flatMap(ofUnit),
  { name: 'estimated', en: 'Estimated', ar: 'تقديري', cell: ({ estimated }) => estimated },
  { name: 'note', en: 'Note', ar: 'ملاحظة', cell: ({ note }) => note },
]

export const headings = (locale: Locale | undefined): string[] => columns.map((column) => column[locale ?? 'name'])

export const cellsOf = (entry: PublishedEntry): Cell[] => columns.map(({ cell }) => cell(entry))
