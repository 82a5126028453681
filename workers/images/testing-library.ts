// A library in memory: pictures by their first bytes, who may see them, and what was staged, published and discarded.
import type { LibraryItem, LibraryQuestions, PictureFacts, StageInput } from '#shared/contracts/library'
import type { Clock } from '#shared/lib/clock'
import { sniffMediaType } from '#shared/lib/sniff-media-type'

interface Shelved extends StageInput {
  published: boolean
  costMicros: number | null
  collectionId: string | null
}

const types = ['image/png', 'image/jpeg', 'image/webp'] as const

/** A PNG's head says how large it is; the others are taken for small squares. */
export function factsOf(bytes: Uint8Array): PictureFacts | null {
  const mediaType = types.find((type) => type === sniffMediaType(bytes))
  if (!mediaType) return null
  if (mediaType !== 'image/png') return { mediaType, width: 64, height: 64, bytes: bytes.length, hasAlpha: false }
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  if (bytes.length < 26) return null
  return {
    mediaType,
    width: view.getUint32(16),
    height: view.getUint32(20),
    bytes: bytes.length,
    hasAlpha: bytes[25] === 6,
  }
}

const faultOf = (bytes: Uint8Array) => {
  const type = sniffMediaType(bytes)
  if (type === 'image/gif') return 'image_animated' as const
  return type === 'image/png' ? ('image_damaged' as const) : ('image_unsupported' as const)
}

const MAX_PIXELS = 20_000_000

export function createFakeLibrary({ clock, quotaBytes }: { clock: Clock; quotaBytes: number | null }) {
  const shelf = new Map<string, Shelved>()
  const discarded: string[] = []
  const used = () =>
    [...shelf.values()].filter(({ temporary }) => !temporary).reduce((sum, { bytes }) => sum + bytes.length, 0)

  const toItem = (item: Shelved): LibraryItem =>
    ({
      id: item.itemId,
      object: 'library_item',
      kind: 'image',
      source: item.source,
      title: item.title,
      owner_id: item.userId,
      job_id: item.jobId,
      provenance: item.provenance && { ...item.provenance, cost_micros: item.costMicros },
      created_at: clock(),
    }) as LibraryItem

  const library: LibraryQuestions = {
    storage: async () => ({ used_bytes: used(), quota_bytes: quotaBytes, item_count: shelf.size, deleted_bytes: 0 }),
    async clean({ bytes }) {
      const facts = factsOf(bytes)
      if (!facts) return { ok: false, fault: faultOf(bytes) }
      const { width, height } = facts
      if (width * height > MAX_PIXELS)
        return { ok: false, fault: 'image_too_large', facts: { width, height, maxPixels: MAX_PIXELS } }
      return { ok: true, bytes, facts }
    },
    async stage(input) {
      const facts = factsOf(input.bytes)
      if (!facts) return { ok: false, fault: faultOf(input.bytes) }
      if (!input.temporary && quotaBytes !== null && used() + input.bytes.length > quotaBytes)
        return { ok: false, fault: 'storage_exhausted' }
      shelf.set(input.itemId, { ...input, published: false, costMicros: null, collectionId: null })
      return { ok: true, itemId: input.itemId, facts, contentHash: 'hash', storedBytes: input.bytes.length }
    },
    async publish({ itemIds, costMicros, collectionId }) {
      return itemIds.map((id, at) => {
        const item = shelf.get(id)
        if (!item) throw new Error(`nothing is staged as ${id}`)
        Object.assign(item, {
          published: true,
          costMicros: costMicros?.[at] ?? null,
          collectionId: collectionId ?? null,
        })
        return toItem(item)
      })
    },
    async discard({ itemIds }) {
      for (const id of itemIds) if (shelf.get(id)?.published === false && shelf.delete(id)) discarded.push(id)
    },
    async open({ organizationId, userId, itemId, staged }) {
      const item = shelf.get(itemId)
      if (!item || item.organizationId !== organizationId || item.userId !== userId) return null
      if (!item.published && !staged) return null
      const { mediaType, width, height } = factsOf(item.bytes)!
      return {
        bytes: item.bytes,
        facts: { mediaType, width, height },
        provenance: item.provenance,
        title: item.title,
      }
    },
    signedUrl: async ({ itemId, expiresInSeconds }) => `/media/${itemId}.${expiresInSeconds}`,
  }

  return {
    library,
    shelf,
    discarded,
    /** A picture that is there already. */
    own(itemId: string, bytes: Uint8Array, owner: { organizationId: string; userId: string }) {
      shelf.set(itemId, {
        itemId,
        ...owner,
        kind: 'image',
        source: 'uploaded',
        jobId: null,
        title: '',
        bytes,
        provenance: null,
        published: true,
        costMicros: null,
        collectionId: null,
      })
      return itemId
    },
    published: () => [...shelf.values()].filter(({ published }) => published),
    /** Seen by nobody, and in nobody's way. */
    waiting: () => [...shelf.values()].filter(({ published }) => !published).map(({ itemId }) => itemId),
  }
}
