/** What a model is wanted for. */
export type WantedKind = 'language' | 'moderation'

interface Listed {
  id: string
  name: string
  /** Absent: a language model. */
  kind?: string
}

/** The models of a kind. One that was chosen and has left the catalogue stays in sight. */
export function modelsOf(models: readonly Listed[], { kind, chosen }: { kind: WantedKind; chosen: string }): Listed[] {
  const found = models.filter((model) => (model.kind ?? 'language') === kind)
  const isGone = chosen !== '' && !found.some(({ id }) => id === chosen)
  return isGone ? [{ id: chosen, name: chosen }, ...found] : found
}
