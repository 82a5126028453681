// The bytes of items in R2, by names that follow from what they are.
import { renditions, type Rendition } from '#shared/contracts/library'

export type Bucket = Pick<R2Bucket, 'put' | 'get' | 'delete' | 'list'>

export interface ItemName {
  organizationId: string
  id: string
}

export const organizationPrefix = (organizationId: string): string => `library/${organizationId}/`

export const mediaKey = ({ organizationId, id }: ItemName, rendition: Rendition): string =>
  `${organizationPrefix(organizationId)}${id}/${rendition}`

export const keysOf = (item: ItemName): string[] => renditions.map((rendition) => mediaKey(item, rendition))

/** R2 takes a thousand names at once. */
const AT_ONCE = 999

export async function deleteMedia(bucket: Bucket, items: readonly ItemName[]): Promise<void> {
  const keys = items.flatMap(keysOf)
  for (let from = 0; from < keys.length; from += AT_ONCE) await bucket.delete(keys.slice(from, from + AT_ONCE))
}

/** Also what no row tells of. */
export async function deleteAllMedia(bucket: Bucket, organizationId: string): Promise<void> {
  for (;;) {
    const { objects, truncated } = await bucket.list({ prefix: organizationPrefix(organizationId) })
    if (objects.length > 0) await bucket.delete(objects.map(({ key }) => key))
    if (!truncated) return
  }
}
