// In which currency prices are shown: what the reader chose before, else that of the region which their browser names.
const currencies: Record<string, string> = {
  SA: 'sar',
  AE: 'aed',
  KW: 'kwd',
  BH: 'bhd',
  OM: 'omr',
  QA: 'qar',
  EG: 'egp',
  JO: 'jod',
  MA: 'mad',
  TN: 'tnd',
  TR: 'try',
  US: 'usd',
  GB: 'gbp',
  CH: 'chf',
  JP: 'jpy',
  IN: 'inr',
  CA: 'cad',
  AU: 'aud',
}
const euro = new Set('AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK'.split(' '))

const currencyOfRegion = (region: string): string | null => (euro.has(region) ? 'eur' : (currencies[region] ?? null))

function regionOf(language: string): string | null {
  try {
    return new Intl.Locale(language).region ?? null
  } catch {
    return null
  }
}

export interface CurrencyWish {
  offered: readonly string[]
  remembered: string | null
  /** The browser's languages, the best first. */
  languages: readonly string[]
}

/** Always one that is offered; null where none is. */
export function currencyFor({ offered, remembered, languages }: CurrencyWish): string | null {
  const regional = languages.map((language) => currencyOfRegion(regionOf(language) ?? ''))
  const wanted = [remembered, ...regional].find((currency) => currency !== null && offered.includes(currency))
  return wanted ?? offered[0] ?? null
}

type Store = Pick<Storage, 'getItem' | 'setItem'>
const NAME = 'riwaq:currency'

export function rememberedCurrency(store?: Store): string | null {
  try {
    return (store ?? localStorage).getItem(NAME)
  } catch {
    return null
  }
}

export function rememberCurrency(currency: string, store?: Store): void {
  try {
    ;(store ?? localStorage).setItem(NAME, currency)
  } catch {
    // Storage is refused: the choice lives as long as the page.
  }
}
