// What finds one sort of thing in a text that may still be growing. Whatever pieces a text comes in, the same is
// found: a scanner reports only what no further text can change, and says up to where that is.
import type { personalDataKinds, secretKinds } from '#shared/contracts/policy'

export type FindingKind = 'word' | 'moderation' | (typeof personalDataKinds)[number] | (typeof secretKinds)[number]

/** One text in two spellings of the same length. */
export interface View {
  raw: string
  /** With ASCII digits, spaces and hyphens for those of other scripts and typography. */
  plain: string
}

export interface Match {
  start: number
  end: number
  kind: FindingKind
  /** More of the match before it, which had no end in sight: it is hidden as well, and neither named nor counted. */
  continued?: true
}

export type Report = (match: Match) => void

/**
 * So much of what was passed on stays in view, for what must be known of the text before a match.
 * No scanner may look further back.
 */
export const CONTEXT = 96

export interface Scanner {
  /**
   * Reports everything that begins at `from` or later and is decided, in order; answers up to where everything is.
   * A match may end beyond that, never beyond the text. `final`: no more text will come.
   */
  scan(view: View, from: number, final: boolean, report: Report): number
}

/** Scanners remember where they are: each text has its own. */
export type CreateScanner = () => Scanner
