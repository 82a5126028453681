// A picture of somebody's own: looked at like any other, kept, and shown.
import type { LibraryItem } from '#shared/contracts/library'
import { Problem } from '#shared/http/problems'
import { getCollection } from './collections.ts'
import type { LibraryContext } from './context.ts'
import { pictureProblem } from './picture-problem.ts'
import { publish } from './publish.ts'
import { stage } from './stage.ts'
import { readUpload } from './upload-body.ts'

const UNTITLED = 'Picture'

export async function upload({ request, ctx }: { request: Request; ctx: LibraryContext }): Promise<LibraryItem> {
  const { bytes, title, collectionId } = await readUpload(request)
  const { viewer, createId } = ctx
  // Before anything is kept that would have to be thrown away.
  if (collectionId) await getCollection({ id: collectionId, ctx })
  const itemId = createId('item')
  const { organizationId } = viewer
  const staged = await stage({
    input: {
      ...viewer,
      itemId,
      kind: 'image',
      source: 'uploaded',
      jobId: null,
      title: title || UNTITLED,
      bytes,
      provenance: null,
    },
    ctx,
  })
  if (!staged.ok) throw pictureProblem(staged)
  const [item] = await publish({ organizationId, itemIds: [itemId], ...(collectionId && { collectionId }), ctx })
  if (!item) throw new Problem('conflict', 'The picture was removed while it was being kept.')
  return item
}
