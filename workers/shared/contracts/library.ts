// Everything that was made or uploaded, whatever made it: one library for pictures now, for videos, voices and designs later.
import { z } from 'zod'
import { pageOf } from './page.ts'

export const mediaKinds = ['image', 'video', 'audio', 'design', 'file'] as const
export type MediaKind = (typeof mediaKinds)[number]

/** Where an item comes from. */
export const itemSources = ['generated', 'edited', 'uploaded'] as const
export type ItemSource = (typeof itemSources)[number]

/** private: its owner alone. organization: every member may look at it. Public is a share of its own. */
export const visibilities = ['private', 'organization'] as const
export type Visibility = (typeof visibilities)[number]

/** As it was sent; for pages; for lists. */
export const renditions = ['original', 'web', 'thumbnail'] as const
export type Rendition = (typeof renditions)[number]

/** The longest side, in pixels. */
export const renditionPixels = { web: 1600, thumbnail: 384 } as const

/** How a thing was made. Kept, shown, and written into the file where its format allows. */
export const Provenance = z
  .object({
    service: z.string(),
    operation: z.string(),
    prompt: z.string().nullable().describe('as the model was given it'),
    original_prompt: z.string().nullable().describe('as it was written, where it was improved or translated'),
    negative_prompt: z.string().nullable(),
    model: z.string().nullable(),
    provider: z.string().nullable(),
    parameters: z.record(z.string(), z.unknown()),
    seed: z.number().int().nullable(),
    cost_micros: z.number().int().nullable().describe('its share of what the job was charged'),
    request_id: z.string().nullable(),
    made_at: z.number().int(),
    /** The item that it was made from. */
    parent_ids: z.array(z.string()),
  })
  .meta({ id: 'Provenance' })
export type Provenance = z.infer<typeof Provenance>

export const ItemUrls = z.object({
  original: z.string(),
  web: z.string().nullable(),
  thumbnail: z.string().nullable(),
})

export const LibraryItem = z
  .object({
    id: z.string(),
    object: z.literal('library_item'),
    kind: z.enum(mediaKinds),
    source: z.enum(itemSources),
    title: z.string(),
    visibility: z.enum(visibilities),
    owner_id: z.string(),
    mine: z.boolean(),
    media_type: z.string(),
    bytes: z.number().int().describe('of the original'),
    stored_bytes: z.number().int().describe('with everything derived from it: what counts for the quota'),
    width: z.number().int().nullable(),
    height: z.number().int().nullable(),
    duration_ms: z.number().int().nullable(),
    content_hash: z.string().describe('SHA-256 of the original, in hex'),
    thumbhash: z.string().nullable().describe('base64: a placeholder to show until the picture is there'),
    favourite: z.boolean(),
    collection_ids: z.array(z.string()),
    tags: z.array(z.string()),
    job_id: z.string().nullable(),
    provenance: Provenance.nullable(),
    urls: ItemUrls.describe('addresses on this site that open with the caller’s own session or key'),
    share: z
      .object({ url: z.string(), created_at: z.number().int(), expires_at: z.number().int().nullable() })
      .nullable()
      .describe('its public address, where its owner made one'),
    created_at: z.number().int(),
    updated_at: z.number().int(),
    deleted_at: z.number().int().nullable(),
    erased_at: z
      .number()
      .int()
      .nullable()
      .describe('when a deleted item is gone for good; until then it can be restored'),
  })
  .meta({ id: 'LibraryItem' })
export type LibraryItem = z.infer<typeof LibraryItem>

export const LibraryPage = pageOf(LibraryItem)

export const orientations = ['landscape', 'portrait', 'square'] as const

const Flag = z.enum(['true', 'false']).transform((value) => value === 'true')

/** GET /api/library/items */
export const LibraryQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(40),
  cursor: z.string().min(1).max(500).optional(),
  q: z.string().trim().max(200).optional().describe('words of the title, the prompt and the tags; Arabic is folded'),
  kind: z.enum(mediaKinds).optional(),
  source: z.enum(itemSources).optional(),
  model: z.string().max(200).optional(),
  orientation: z.enum(orientations).optional(),
  tag: z.string().max(40).optional(),
  collection: z.string().max(64).optional(),
  favourite: Flag.optional(),
  /** Whose: the caller’s own, or what others have shown to the organization. Absent: both. */
  owner: z.enum(['me', 'others']).optional(),
  shared: Flag.optional().describe('shown to the organization, or to everybody by an address'),
  from: z.coerce.number().int().optional().describe('milliseconds since the epoch, inclusive'),
  to: z.coerce.number().int().optional().describe('exclusive'),
  deleted: Flag.optional().describe('what can still be restored, instead of what is there'),
  order: z.enum(['newest', 'oldest']).default('newest'),
})
export type LibraryQuery = z.infer<typeof LibraryQuery>

export const Collection = z
  .object({
    id: z.string(),
    object: z.literal('collection'),
    name: z.string(),
    item_count: z.number().int(),
    cover_item_id: z.string().nullable(),
    created_at: z.number().int(),
    updated_at: z.number().int(),
  })
  .meta({ id: 'Collection' })
export type Collection = z.infer<typeof Collection>

export const Storage = z.object({
  used_bytes: z.number().int(),
  quota_bytes: z.number().int().nullable().describe('null: no limit'),
  item_count: z.number().int(),
  deleted_bytes: z.number().int().describe('of what was deleted and can be restored: it counts until it is erased'),
})
export type Storage = z.infer<typeof Storage>

export const CollectionPage = pageOf(Collection)

const Title = z.string().trim().min(1).max(200)
const Tags = z.array(z.string().trim().min(1).max(40)).max(20)
const ItemIds = z.array(z.string().min(1).max(64)).min(1).max(100)

/** PATCH /api/library/items/:id. Only `favourite` is for everybody who sees it; the rest is its owner's. */
export const UpdateLibraryItem = z
  .object({
    title: Title.optional(),
    tags: Tags.optional(),
    visibility: z.enum(visibilities).optional(),
    favourite: z.boolean().optional(),
  })
  .strict()
export type UpdateLibraryItem = z.infer<typeof UpdateLibraryItem>

export const bulkActions = [
  'delete',
  'restore',
  'erase',
  'favourite',
  'unfavourite',
  'collect',
  'uncollect',
  'show',
  'hide',
] as const
export type BulkAction = (typeof bulkActions)[number]

/** POST /api/library/bulk. `show`: to every member; `hide`: private again. */
export const BulkRequest = z
  .object({
    ids: ItemIds,
    action: z.enum(bulkActions),
    collection_id: z.string().min(1).max(64).optional().describe('for `collect` and `uncollect`'),
  })
  .strict()
  .refine(({ action, collection_id }) => (action !== 'collect' && action !== 'uncollect') || collection_id, {
    path: ['collection_id'],
    message: 'must say which collection',
  })
export type BulkRequest = z.infer<typeof BulkRequest>

export const BulkResult = z.object({
  done: z.array(z.string()).describe('ids'),
  failed: z.array(z.object({ id: z.string(), code: z.string().describe('of the documented codes') })),
})
export type BulkResult = z.infer<typeof BulkResult>

/** POST /api/library/archives: the address of a ZIP, for an hour. */
export const ArchiveRequest = z
  .object({ ids: ItemIds.optional(), collection_id: z.string().min(1).max(64).optional() })
  .strict()
  .refine(({ ids, collection_id }) => (ids === undefined) !== (collection_id === undefined), {
    message: 'must name either `ids` or a `collection_id`',
  })
export type ArchiveRequest = z.infer<typeof ArchiveRequest>

export const ArchiveAnswer = z.object({ url: z.string(), expires_at: z.number().int() })
export type ArchiveAnswer = z.infer<typeof ArchiveAnswer>

/** POST /api/library/items/:id/links */
export const LinkRequest = z
  .object({
    expires_in_seconds: z
      .number()
      .int()
      .min(60)
      .max(30 * 86_400)
      .default(86_400),
    rendition: z.enum(renditions).default('original'),
  })
  .strict()

/** PUT /api/library/items/:id/share */
export const ShareRequest = z
  .object({
    expires_at: z.number().int().nullish().describe('milliseconds since the epoch; null: until it is taken back'),
  })
  .strict()

/** GET /api/library/shares/:token: what everybody sees who was given the address. Nothing says whose it is. */
export const SharedItem = z.object({
  object: z.literal('shared_item'),
  kind: z.enum(mediaKinds),
  title: z.string(),
  media_type: z.string(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  duration_ms: z.number().int().nullable(),
  thumbhash: z.string().nullable(),
  generated: z.boolean().describe('made or changed by a model'),
  model: z.string().nullable(),
  urls: ItemUrls.describe('signed, for an hour'),
  created_at: z.number().int(),
  expires_at: z.number().int().nullable(),
})
export type SharedItem = z.infer<typeof SharedItem>

/** POST /api/library/collections; PATCH …/:id takes the same. */
export const CollectionInput = z.object({ name: z.string().trim().min(1).max(100) }).strict()
export type CollectionInput = z.infer<typeof CollectionInput>

const Facet = z.object({ value: z.string(), count: z.number().int() })

/** GET /api/library/facets: the most frequent of what can be filtered by. */
export const LibraryFacets = z.object({ models: z.array(Facet), tags: z.array(Facet) })
export type LibraryFacets = z.infer<typeof LibraryFacets>

/** How long what was deleted can be restored. */
export const RESTORE_DAYS = 30

// ── What other Workers ask of the library. One of them makes a thing, the library keeps it. ────────────────────────────

export interface PictureFacts {
  mediaType: 'image/png' | 'image/jpeg' | 'image/webp'
  width: number
  height: number
  bytes: number
  hasAlpha: boolean
}

/** Why bytes are not taken. Each is a problem of the same code. */
export const pictureFaults = [
  /** Not a picture of a kind that is taken, whatever it is called. */
  'image_unsupported',
  /** Begins like a picture and is none: cut off, damaged, or with something else inside. */
  'image_damaged',
  /** More pixels, or more bytes, than are taken. */
  'image_too_large',
  /** It moves, and a still is needed. */
  'image_animated',
] as const
export type PictureFault = (typeof pictureFaults)[number]

export type CleanPicture =
  | { ok: true; bytes: Uint8Array; facts: PictureFacts }
  | {
      ok: false
      fault: PictureFault
      facts?: {
        width?: number
        height?: number
        maxPixels?: number
        maxSide?: number
        maxBytes?: number
        /** What it is instead: `gif`, `heic`, `svg`… */
        format?: string
      }
    }

export interface CleanInput {
  bytes: Uint8Array
  /** Re-encoded into this; absent: into what it is. A WebP of more than some seven megapixels becomes a JPEG or PNG. */
  format?: 'png' | 'jpeg' | 'webp'
  /** 1 to 100, for formats that lose something. */
  quality?: number
  maxPixels?: number
  maxBytes?: number
  /** Made smaller, never larger, until the longest side is at most this. */
  maxSide?: number
}

export interface StageInput {
  /** Decided by the caller and the same at every try: `itemIdOf(jobId, index)`. */
  itemId: string
  organizationId: string
  userId: string
  kind: 'image'
  source: ItemSource
  jobId: string | null
  title: string
  bytes: Uint8Array
  /** As it is to be kept. The bytes are checked, re-encoded where needed, and given their provenance. */
  format?: 'png' | 'jpeg' | 'webp'
  quality?: number
  provenance: Provenance | null
  tags?: string[]
  parentIds?: string[]
  /** Kept for a day and not shown in the library: for a caller of the API who asked for that, and where there is no room. */
  temporary?: boolean
}

export type Staged =
  | { ok: true; itemId: string; facts: PictureFacts; contentHash: string; storedBytes: number }
  | {
      ok: false
      fault: PictureFault | 'storage_exhausted'
      /** What was found, and what would have been taken. */
      facts?: Extract<CleanPicture, { ok: false }>['facts']
    }

export interface OpenedItem {
  bytes: Uint8Array
  facts: { mediaType: string; width: number | null; height: number | null }
  provenance: Provenance | null
  title: string
}

/** Named entrypoint `LibraryRpc` of the library's Worker. Bytes travel whole, so a call is at most some 30 MB. */
export interface LibraryQuestions {
  storage(input: { organizationId: string }): Promise<Storage>
  /** Checked by content, turned upright, re-encoded, and rid of everything but its pixels. Nothing is kept. */
  clean(input: CleanInput): Promise<CleanPicture>
  /** Keeps it where nobody sees it yet. Idempotent by `itemId`. */
  stage(input: StageInput): Promise<Staged>
  /** What was staged is there from now on, with what it cost. Idempotent; answers the items as their owner sees them. */
  publish(input: {
    organizationId: string
    itemIds: string[]
    costMicros?: number[]
    /** They are put into it as well, where it is one of their owner's and still there. */
    collectionId?: string
  }): Promise<LibraryItem[]>
  /** What was staged never was. Idempotent; what was published stays. */
  discard(input: { organizationId: string; itemIds: string[] }): Promise<void>
  /** For who may see it, else null. `staged` also for what is not published, to answer the request that made it. */
  open(input: {
    organizationId: string
    userId: string
    itemId: string
    rendition?: Rendition
    staged?: boolean
  }): Promise<OpenedItem | null>
  /** An address that opens without a session until it ends. */
  signedUrl(input: {
    organizationId: string
    itemId: string
    rendition?: Rendition
    expiresInSeconds: number
  }): Promise<string>
}

/** Items of a job have names of their own before they exist, so that no try makes a second one. `job_x` → `itm_x0`. */
export const itemIdOf = (jobId: string, index: number): string =>
  `itm_${jobId.slice(jobId.indexOf('_') + 1)}${index.toString(36)}`
