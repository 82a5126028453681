// A vendor that counts a prompt without answering it, for nothing.
import { z } from 'zod'
import type { NativeEndpoint } from '../spec/language-model.ts'
import type { Post } from './post-json.ts'
import { networkProblem, nonsenseProblem } from './upstream-problem.ts'

const Count = z.object({ input_tokens: z.number().int().min(0) })

export const createTokenCount =
  ({
    post,
    vendor,
    secret,
  }: {
    post: Post
    vendor: string
    secret: string
  }): NonNullable<NativeEndpoint['countTokens']> =>
  async (body, options) => {
    const response = await post(body, options)
    const answer: unknown = await response.json().catch((error: unknown) => {
      options.signal.throwIfAborted()
      if (error instanceof SyntaxError) return null
      throw networkProblem(vendor, error, secret)
    })
    const count = Count.safeParse(answer)
    if (!count.success) throw nonsenseProblem(vendor, 'no count of tokens')
    return count.data.input_tokens
  }
