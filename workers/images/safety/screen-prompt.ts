// Before anything is held, and without asking anybody: the organization's own rules, then what this platform does not make.
import type { Guard } from '#shared/guardrails/guard-types'
import { screenTexts } from '#shared/guardrails/screen-texts'
import { judgeText } from '#shared/providers/sandbox/moderation/moderate'
import { pictureRejected, refusedCategory } from './verdict.ts'
import type { ImageModeration } from './settings.ts'

export interface Prompts {
  prompt: string
  negativePrompt: string | null
}

/** The prompts as they may be sent (masked where a rule masks). Throws `content_rejected`. */
export function screenPrompt(
  { prompt, negativePrompt }: Prompts,
  { guard, mode }: { guard: Guard | null; mode: ImageModeration },
): Prompts {
  // What is to be left out is no wish for it: the organization's rules read it, ours do not.
  const category = refusedCategory(judgeText(prompt), mode)
  if (category) throw pictureRejected('input', category)
  const [screened, without] = screenTexts([prompt, negativePrompt ?? ''], guard)
  return { prompt: screened ?? prompt, negativePrompt: negativePrompt === null ? null : (without ?? negativePrompt) }
}
