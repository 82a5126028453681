// One text on its way through the guardrails, in pieces: what no rule can touch any more goes on at once, what
// might still be the beginning of a match waits. A match is masked, or ends the text before it.
import { isHighSurrogate } from './characters.ts'
import { CONTEXT, type CreateScanner, type Match, type Scanner } from './scanner.ts'
import { toPlain } from './plain-text.ts'

export type RuleAction = 'block' | 'mask' | 'flag'

export interface Rule {
  /** The place of its guardrail in the chain. */
  guardrail: number
  action: RuleAction
  createScanner: CreateScanner
}

export interface Finding {
  rule: Rule
  kind: Match['kind']
}

export type Tell = (finding: Finding) => void

export interface TextScreen {
  /** What may be passed on now. After a block: nothing any more. */
  push(piece: string): string
  end(): string
  /** Why the text ended before its end. */
  blocked(): Finding | null
}

interface Running {
  rule: Rule
  scanner: Scanner
  position: number
}

interface Found extends Match {
  rule: Rule
  order: number
}

const weight = { block: 0, mask: 1, flag: 2 } as const

/** Of what begins at one place, what ends the text comes first, then what stands first in the chain. */
const inOrder = (a: Found, b: Found): number =>
  a.start - b.start || weight[a.rule.action] - weight[b.rule.action] || a.order - b.order

export const labelOf = (kind: Match['kind']): string => (kind === 'word' ? '***' : `[${kind}]`)

/** Trimmed now and then, not at every word. */
const TRIM_AT = 4_096

export interface TextScreenInput {
  rules: readonly Rule[]
  tell: Tell
  /** What stands before the text: looked at for what it says of it, and never passed on or found fault with. */
  before?: string
}

export function createTextScreen({ rules, tell, before = '' }: TextScreenInput): TextScreen {
  const running: Running[] = rules.map((rule) => ({ rule, scanner: rule.createScanner(), position: 0 }))
  const view = { raw: before, plain: toPlain(before) }
  let found: Found[] = []
  let passed = before.length
  let preface = before.length
  let blocked: Finding | null = null

  /** What goes on of a match that was hidden already is hidden at once: what is found within it says nothing more. */
  function note(match: Match, rule: Rule, order: number) {
    if (!match.continued) found.push({ ...match, rule, order })
    else if (rule.action === 'mask') {
      const beginning = found.find((each) => each.rule === rule && each.end === match.start)
      if (beginning) beginning.end = match.end
      else passed = Math.max(passed, match.end)
    }
  }

  /** Up to where nothing can change any more. A rule that only looks keeps nobody waiting. */
  function search(final: boolean): number {
    let limit = view.raw.length
    for (const [order, each] of running.entries()) {
      each.position = each.scanner.scan(view, each.position, final, (match) => note(match, each.rule, order))
      if (each.rule.action !== 'flag') limit = Math.min(limit, each.position)
    }
    // Half a character cannot be sent.
    return !final && limit > 0 && isHighSurrogate(view.raw.charCodeAt(limit - 1)) ? limit - 1 : limit
  }

  function apply(match: Found): string {
    const { rule, kind } = match
    if (match.end <= preface) return ''
    if (rule.action === 'block') {
      blocked = { rule, kind }
      tell(blocked)
      const clean = view.raw.slice(passed, Math.max(passed, match.start))
      passed = view.raw.length
      return clean
    }
    if (rule.action === 'flag') {
      tell({ rule, kind })
      return ''
    }
    // What begins within something hidden is hidden with it; one name for both is enough.
    const clean = match.start < passed ? null : view.raw.slice(passed, match.start)
    passed = Math.max(passed, match.end)
    if (clean === null) return ''
    tell({ rule, kind })
    return clean + labelOf(kind)
  }

  function trim() {
    const oldest = running.reduce((least, { position }) => Math.min(least, position), passed)
    const cut = oldest - CONTEXT
    if (cut < TRIM_AT) return
    view.raw = view.raw.slice(cut)
    view.plain = view.plain.slice(cut)
    passed -= cut
    preface = Math.max(0, preface - cut)
    for (const each of running) each.position -= cut
    for (const match of found) {
      match.start -= cut
      match.end -= cut
    }
  }

  function advance(final: boolean): string {
    const limit = search(final)
    const ready: Found[] = []
    const later: Found[] = []
    for (const match of found) (final || match.start < limit ? ready : later).push(match)
    found = later
    let text = ''
    for (const match of ready.sort(inOrder)) {
      text += apply(match)
      if (blocked) return text
    }
    if (passed < limit) {
      text += view.raw.slice(passed, limit)
      passed = limit
    }
    trim()
    return text
  }

  return {
    push(piece) {
      if (blocked || piece === '') return ''
      view.raw += piece
      view.plain += toPlain(piece)
      return advance(false)
    },
    end: () => (blocked ? '' : advance(true)),
    blocked: () => blocked,
  }
}
