// Answers kept for equal requests of the same organization, in R2. A bucket's lifecycle rule deletes what nobody has
// asked for again within a week.
import { isRecord, parseRecord } from '../dialects/loose.ts'
import type { UnitPrices, Usage } from '#shared/lib/money'

export interface CachedAnswer {
  /** Milliseconds since the epoch. */
  at: number
  /** It is not given after this. */
  expiresAt: number
  /** What the answer said of itself. */
  headers: Record<string, string>
  usage: Usage
  price: UnitPrices
  body: ArrayBuffer
}

export interface AnswerCache {
  keep(
    place: { organizationId: string; fingerprint: string },
    answer: Omit<CachedAnswer, 'body'> & { body: Uint8Array },
  ): Promise<void>
  find(place: { organizationId: string; fingerprint: string }): Promise<CachedAnswer | null>
}

/** Everything of an organization begins with this: nobody else's request can name it, and erasing it is one listing. */
export const cachedAnswersPrefix = (organizationId: string): string => `cache/${organizationId}/`

const nameOf = ({ organizationId, fingerprint }: { organizationId: string; fingerprint: string }): string =>
  `${cachedAnswersPrefix(organizationId)}${fingerprint}`

export const createAnswerCache = (bucket: Pick<R2Bucket, 'get' | 'put'>): AnswerCache => ({
  async keep(place, { body, ...about }) {
    await bucket.put(nameOf(place), body, { customMetadata: { about: JSON.stringify(about) } })
  },
  async find(place) {
    const object = await bucket.get(nameOf(place))
    const about = parseRecord(object?.customMetadata?.['about'] ?? '')
    if (!object || !about || !isRecord(about['headers'])) return null
    return { ...(about as unknown as Omit<CachedAnswer, 'body'>), body: await object.arrayBuffer() }
  },
})

/** For tests: the same promises in a map. */
export function createInMemoryAnswerCache(): AnswerCache & { names(): string[] } {
  const answers = new Map<string, CachedAnswer>()
  return {
    names: () => [...answers.keys()],
    keep: async (place, answer) => void answers.set(nameOf(place), { ...answer, body: answer.body.slice().buffer }),
    find: async (place) => answers.get(nameOf(place)) ?? null,
  }
}
