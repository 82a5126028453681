// Settings that a vendor has for some of its models and not for others: which of them this one has a word for.
import type { ImageRequest } from '../spec/image-model.ts'
import type { Warning } from '../spec/language-model.ts'
import { leftOut } from './fit-image-request.ts'

/** By their names in ImageRequest → what callers call them. */
const names = {
  negativePrompt: 'negative_prompt',
  size: 'size',
  quality: 'quality',
  background: 'background',
  seed: 'seed',
  inputFidelity: 'input_fidelity',
} as const

export type ImageSetting = keyof typeof names

const isAsked = (request: ImageRequest, setting: ImageSetting): boolean =>
  setting === 'background' ? request.background === 'transparent' : request[setting] !== undefined

/** The others are left out and said, never silently dropped. */
export function keepKnown(
  asked: ImageRequest,
  known: readonly ImageSetting[],
): { request: ImageRequest; warnings: Warning[] } {
  const request = { ...asked }
  const warnings: Warning[] = []
  for (const setting of Object.keys(names) as ImageSetting[]) {
    if (known.includes(setting) || !isAsked(asked, setting)) continue
    delete request[setting]
    warnings.push(leftOut(names[setting]))
  }
  return { request, warnings }
}
