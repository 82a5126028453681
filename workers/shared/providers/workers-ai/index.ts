// Workers AI by its binding: no key, no address. The binding is injected, and the local runtime has none.
import type { LanguageVendor } from '../spec/vendor.ts'
import { createWorkersAiModel } from './language.ts'

/** As much of the platform's `Ai` binding as is used. */
export interface WorkersAiBinding {
  run(
    model: string,
    inputs: Record<string, unknown>,
    options?: { returnRawResponse?: boolean; signal?: AbortSignal },
  ): Promise<unknown>
}

export const createWorkersAi = ({ ai }: { ai: WorkersAiBinding }): LanguageVendor => ({
  language: (modelId, traits) => createWorkersAiModel({ ai, modelId, traits }),
})
