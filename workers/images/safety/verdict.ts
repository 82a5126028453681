// What is not made. A picture is not a text: harsh words may be quoted, but a cruel picture is the thing itself.
import { Problem } from '#shared/http/problems'
import type { ModerationCategory, ModerationVerdict } from '#shared/providers/spec/moderation-model'
import type { ImageModeration } from './settings.ts'

const refused: Record<ImageModeration, readonly ModerationCategory[]> = {
  minimal: ['sexual/minors'],
  on: [
    'sexual/minors',
    'sexual',
    'hate',
    'hate/threatening',
    'harassment/threatening',
    'violence/graphic',
    'self-harm',
    'self-harm/instructions',
    'self-harm/intent',
    'illicit/violent',
  ],
}

export function refusedCategory(
  { flagged, categories }: Pick<ModerationVerdict, 'flagged' | 'categories'>,
  mode: ImageModeration,
): ModerationCategory | null {
  return flagged ? (refused[mode].find((category) => categories[category]) ?? null) : null
}

/** Says what sort of thing it was, never what it showed or said. */
export const pictureRejected = (
  stage: 'input' | 'output',
  category: ModerationCategory | 'provider' | 'organization',
): Problem =>
  new Problem(
    'content_rejected',
    stage === 'input'
      ? 'This prompt asks for what is not made here. Nothing was made, and nothing is charged.'
      : 'What was made is not fit to be shown. It was not kept, and nothing is charged.',
    { facts: { stage, category } },
  )
