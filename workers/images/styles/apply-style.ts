import { invalidRequest } from '#shared/http/problems'
import { findStyle, styles } from './styles.ts'

export interface StyledPrompt {
  prompt: string
  negativePrompt: string | null
}

const joined = (parts: readonly (string | null | undefined)[], language: 'en' | 'ar'): string =>
  parts
    .map((part) => part?.trim())
    .filter(Boolean)
    .join(language === 'ar' ? '، ' : ', ')

/**
 * The prompt with the words of a style, in the language that it is written in. `takesNegative`: whether the model can be told
 * what to leave out; where it cannot, the style says nothing of it.
 */
export function applyStyle({
  prompt,
  negativePrompt = null,
  style: id,
  language,
  takesNegative,
}: StyledPromptInput): StyledPrompt {
  if (!id) return { prompt, negativePrompt }
  const style = findStyle(id)
  if (!style)
    throw invalidRequest(
      `There is no style “${id}”. There are: ${styles.map((each) => each.id).join(', ')}.`,
      'style_preset',
    )
  const words = language?.startsWith('ar') && language !== 'ar-Latn' ? 'ar' : 'en'
  return {
    prompt: joined([prompt, style.words[words]], words),
    negativePrompt: takesNegative ? joined([negativePrompt, style.without?.[words]], words) || null : negativePrompt,
  }
}

export interface StyledPromptInput {
  prompt: string
  negativePrompt?: string | null
  /** A style's id; null or absent: none. */
  style?: string | null
  /** BCP-47, of the prompt. */
  language: string | null
  takesNegative: boolean
}
