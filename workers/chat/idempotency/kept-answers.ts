// Answers kept for their Idempotency-Key, in R2. A bucket's lifecycle rule deletes them after a day; the ledger
// forgets the key in the same time, so that an answer that outlives it is never asked for.
import { sha256Hex } from '#shared/lib/bytes'

export interface KeptAnswer {
  requestId: string
  status: number
  headers: Record<string, string>
  body: ArrayBuffer
}

export interface AnswerOwner {
  organizationId: string
  /** The key's or member's id: two callers may choose the same Idempotency-Key. */
  payerId: string
  key: string
}

export interface KeptAnswers {
  keep(owner: AnswerOwner, answer: Omit<KeptAnswer, 'body'> & { body: Uint8Array }): Promise<void>
  find(owner: AnswerOwner): Promise<KeptAnswer | null>
}

/** Everything of an organization begins with this, so that erasing it is one listing. */
export const keptAnswersPrefix = (organizationId: string): string => `idempotency/${organizationId}/`

const nameOf = async ({ organizationId, payerId, key }: AnswerOwner): Promise<string> =>
  `${keptAnswersPrefix(organizationId)}${payerId}/${await sha256Hex(key)}`

export const createKeptAnswers = (bucket: R2Bucket): KeptAnswers => ({
  async keep(owner, { requestId, status, headers, body }) {
    await bucket.put(await nameOf(owner), body, {
      customMetadata: { requestId, status: String(status), headers: JSON.stringify(headers) },
    })
  },
  async find(owner) {
    const object = await bucket.get(await nameOf(owner))
    if (!object) return null
    const { requestId = '', status = '200', headers = '{}' } = object.customMetadata ?? {}
    return {
      requestId,
      status: Number(status),
      headers: JSON.parse(headers) as Record<string, string>,
      body: await object.arrayBuffer(),
    }
  },
})

/** Where nothing of an answer is to be kept: what was kept before is still found. */
export const withoutKeeping = (answers: KeptAnswers): KeptAnswers => ({
  find: (owner) => answers.find(owner),
  keep: () => Promise.resolve(),
})

/** For tests: the same promises in a map. */
export function createInMemoryKeptAnswers(): KeptAnswers & { size(): number } {
  const answers = new Map<string, KeptAnswer>()
  return {
    size: () => answers.size,
    keep: async (owner, answer) =>
      void answers.set(await nameOf(owner), { ...answer, body: answer.body.slice().buffer }),
    find: async (owner) => answers.get(await nameOf(owner)) ?? null,
  }
}
