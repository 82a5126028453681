export type GuideLanguage = 'en' | 'ar'

export interface PassageText {
  title: string
  text: string
  /** Words that people ask with and that the text does not use. */
  keywords: string
}

/** One topic of the documentation, told in a few sentences in both languages. */
export interface Passage extends Record<GuideLanguage, PassageText> {
  /** The page at `/<language>/docs/<page>`. */
  page: string
}
