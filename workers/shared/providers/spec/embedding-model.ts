// What every embedding model can be asked: texts (or their tokens) in, one vector for each out.
import type { Usage } from '#shared/lib/money'
import type { Warning } from './language-model.ts'

export interface EmbeddingRequest {
  /** Texts, or texts as tokens of the vendor's own tokenizer. */
  inputs: (string | number[])[]
  /** A shorter vector than the model's own. */
  dimensions?: number
  /** In which form the caller wants it; an adapter may answer in the other. */
  encoding: 'float' | 'base64'
  /** An opaque id of the end user, for the vendor's abuse detection. */
  endUser?: string
}

/** Numbers, or the same as little-endian 32-bit floats in base64. */
export type Vector = number[] | string

export interface EmbeddingResult {
  /** One for each input, in their order. */
  vectors: Vector[]
  /** Null where the vendor counts nothing. */
  usage: Usage | null
  warnings: Warning[]
}

export interface EmbeddingModel {
  /** Throws a Problem where the vendor does not answer. */
  embed(request: EmbeddingRequest, options: { signal: AbortSignal }): Promise<EmbeddingResult>
}
