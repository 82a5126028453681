// Workers AI's embedding models by the binding. They answer `{ shape, data }` and count nothing.
import { z } from 'zod'
import type { EmbeddingModel } from '../spec/embedding-model.ts'
import { nonsenseProblem } from '../kit/upstream-problem.ts'
import { toProblem } from './errors.ts'
import type { WorkersAiBinding } from './index.ts'

const label = 'Workers AI'
const Answer = z.object({ data: z.array(z.array(z.number()).min(1)) })

export const createWorkersAiEmbedding = (input: { ai: WorkersAiBinding; modelId: string }): EmbeddingModel => ({
  async embed({ inputs, endUser }, { signal }) {
    signal.throwIfAborted()
    const answer = await input.ai.run(input.modelId, { text: inputs }, { signal }).catch((error: unknown) => {
      signal.throwIfAborted()
      throw toProblem(error)
    })
    const parsed = Answer.safeParse(answer)
    if (!parsed.success || parsed.data.data.length !== inputs.length)
      throw nonsenseProblem(label, 'an answer without a vector for each text')
    return {
      vectors: parsed.data.data,
      usage: null,
      warnings:
        endUser === undefined ? [] : [{ parameter: 'user', message: `${label} does not take it; it was left out` }],
    }
  },
})
