/** Where servers that speak OpenAI's images protocol differ. Null: no such field; it is left out, and that is said. */
export interface ImageQuirks {
  label: string
  background: 'background' | null
  format: 'output_format' | null
  compression: 'output_compression' | null
  inputFidelity: 'input_fidelity' | null
  seed: 'seed' | null
  negativePrompt: 'negative_prompt' | null
  endUser: 'user' | 'safety_identifier' | null
  /** Asked for where a server would rather answer with addresses. */
  responseFormat: 'response_format' | null
  /** One picture goes as `image`, where others want `image[]` even then. */
  plainImage: boolean
  /** Whether it streams pictures before they are final. */
  streams: boolean
}

export const openAIImageQuirks: ImageQuirks = {
  label: 'OpenAI',
  background: 'background',
  format: 'output_format',
  compression: 'output_compression',
  inputFidelity: 'input_fidelity',
  seed: null,
  negativePrompt: null,
  endUser: 'safety_identifier',
  responseFormat: null,
  plainImage: false,
  streams: true,
}

/** Most servers of one's own run diffusion models, which know a seed and what is not to be seen; what they do not know they ignore. */
export const compatibleImageQuirks: ImageQuirks = {
  label: 'The model’s server',
  background: 'background',
  format: 'output_format',
  compression: 'output_compression',
  inputFidelity: 'input_fidelity',
  seed: 'seed',
  negativePrompt: 'negative_prompt',
  endUser: 'user',
  responseFormat: 'response_format',
  plainImage: true,
  streams: false,
}
