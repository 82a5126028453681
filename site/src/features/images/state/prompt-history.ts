// Own prompts with the arrow keys, as in a shell. What is being written is kept at the end.
export interface PromptHistory {
  /** Null: at what is being written. */
  at: number | null
  written: string
}

export const atTheEnd: PromptHistory = { at: null, written: '' }

/** Newest first, each once. */
export const distinctPrompts = (prompts: readonly string[]): string[] => [
  ...new Set(prompts.map((prompt) => prompt.trim()).filter(Boolean)),
]

export function stepBack(
  history: PromptHistory,
  { prompts, text }: { prompts: readonly string[]; text: string },
): { history: PromptHistory; text: string } | null {
  const written = history.at === null ? text : history.written
  const others = prompts.filter((prompt) => prompt !== written.trim())
  const at = history.at === null ? 0 : history.at + 1
  const prompt = others[at]
  return prompt === undefined ? null : { history: { at, written }, text: prompt }
}

export function stepForward(
  history: PromptHistory,
  { prompts }: { prompts: readonly string[] },
): { history: PromptHistory; text: string } | null {
  if (history.at === null) return null
  if (history.at === 0) return { history: atTheEnd, text: history.written }
  const others = prompts.filter((prompt) => prompt !== history.written.trim())
  const at = history.at - 1
  return { history: { ...history, at }, text: others[at] ?? '' }
}
