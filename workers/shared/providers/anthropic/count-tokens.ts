// Anthropic counts a prompt without answering it, for nothing.
import { z } from 'zod'
import type { Post } from '../kit/post-json.ts'
import { networkProblem, nonsenseProblem } from '../kit/upstream-problem.ts'
import type { NativeEndpoint } from '../spec/language-model.ts'

const Count = z.object({ input_tokens: z.number().int().min(0) })

export const createTokenCount =
  (post: Post, secret: string): NonNullable<NativeEndpoint['countTokens']> =>
  async (body, options) => {
    const response = await post(body, options)
    const answer: unknown = await response.json().catch((error: unknown) => {
      options.signal.throwIfAborted()
      if (error instanceof SyntaxError) return null
      throw networkProblem('Anthropic', error, secret)
    })
    const count = Count.safeParse(answer)
    if (!count.success) throw nonsenseProblem('Anthropic', 'no count of tokens')
    return count.data.input_tokens
  }
