// What was said in requests that are logged, in R2.
import type { KeptContent } from './kept-content.ts'

/** Everything of an organization begins with this, so that erasing it is one listing. */
export const requestContentsPrefix = (organizationId: string): string => `request-log/${organizationId}/`
export const requestContentKey = (organizationId: string, id: string): string =>
  `${requestContentsPrefix(organizationId)}${id}`

export interface RequestContents {
  keep(input: { organizationId: string; id: string; content: KeptContent }): Promise<void>
  find(input: { organizationId: string; id: string }): Promise<KeptContent | null>
}

export const createRequestContents = (bucket: Pick<R2Bucket, 'put' | 'get'>): RequestContents => ({
  async keep({ organizationId, id, content }) {
    await bucket.put(requestContentKey(organizationId, id), new TextEncoder().encode(JSON.stringify(content)))
  },
  async find({ organizationId, id }) {
    const object = await bucket.get(requestContentKey(organizationId, id))
    return object ? await object.json<KeptContent>() : null
  },
})
