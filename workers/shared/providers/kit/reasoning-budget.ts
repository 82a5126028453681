// Vendors count reasoning in words or in tokens; this is the one table between the two.
import type { ReasoningEffort } from '../spec/language-model.ts'

const budgets: [Exclude<ReasoningEffort, 'none'>, number][] = [
  ['minimal', 1_024],
  ['low', 4_096],
  ['medium', 10_240],
  ['high', 24_576],
  ['xhigh', 32_768],
  ['max', 64_000],
]

export const budgetOf = (effort: Exclude<ReasoningEffort, 'none'>): number =>
  budgets.find(([name]) => name === effort)![1]

/** The effort whose budget is the first to hold this many tokens. */
export const effortOf = (budgetTokens: number): ReasoningEffort =>
  budgetTokens <= 0 ? 'none' : (budgets.find(([, tokens]) => budgetTokens <= tokens)?.[0] ?? 'max')
