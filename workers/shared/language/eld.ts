// What of eld's interface is used here; its own types do not cover its smaller entries.
export interface Eld {
  detect(text: string): { language: string; getScores(): Record<string, number> }
  setLanguageSubset(languages: string[]): unknown
  newInstance(): Eld
}
