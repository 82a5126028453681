/** `on`: what this platform does not make for anybody. `minimal`: what nobody may make anywhere, and nothing else. */
export const imageModerations = ['on', 'minimal'] as const
export type ImageModeration = (typeof imageModerations)[number]

export interface SafetySettings {
  /** The operator's choice; anything else than `minimal` is `on`. */
  IMAGE_MODERATION?: string
}

export const imageModerationOf = ({ IMAGE_MODERATION: setting }: SafetySettings): ImageModeration =>
  setting?.trim().toLowerCase() === 'minimal' ? 'minimal' : 'on'
