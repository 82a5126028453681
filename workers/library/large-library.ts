// For tests: libraries as large as they get, in a moment. Their rows are made by the database itself.
import type { Viewer } from './item-row.ts'
import { firstPositionOf } from './position.ts'
import { organizationCode, searchFacetsOf } from './search-words.ts'

const WORDS = 400
/** Of a thousand items: how many hold a word that is everywhere, often, and hardly anywhere. */
export const commonWord = 'صوره'
export const frequentWord = 'w7'
export const rareWord = 'rareword'

const kinds = ['generated', 'edited', 'uploaded']
const models = ['a/one', 'b/two', 'c/three']
const orientations = ['landscape', 'portrait', 'square']

const hexOf = (text: string) => searchFacetsOf({ organizationId: '', model: text }).slice(8)

/** Items of `owners`, one after the other; each fourth is shown to the organization. */
export async function fillLibrary({
  database,
  organizationId,
  owners,
  count,
  since,
}: {
  database: D1Database
  organizationId: string
  owners: readonly Viewer['userId'][]
  count: number
  since: number
}): Promise<void> {
  const code = organizationCode(organizationId)
  const pick = (list: readonly string[], by: string) =>
    `json_extract('${JSON.stringify(list)}', '$[' || (${by}) || ']')`
  const model = pick(models, 'iif(n % 1000 = 0, 2, n % 2)')
  const source = pick(kinds, 'n % 3')
  const orientation = pick(orientations, 'n / 2 % 3')
  await database
    .prepare(
      `WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers LIMIT ${count})
      INSERT INTO library_items (position, id, organization_id, owner_id, state, temporary, visibility, kind, source, model,
        orientation, shared, title, tags, media_type, bytes, stored_bytes, width, height, has_alpha, content_hash,
        web_type, thumbnail_type, search_words, search_facets, created_at, updated_at, deleted_at, erase_at)
      SELECT (? + n * 1000) * ${firstPositionOf(1)} + n % 7, 'itm_' || ? || n, ?, ${pick(owners, `n % ${owners.length}`)},
        iif(n % 50 = 49, 'deleted', 'ready'), 0, iif(n % 4 = 0, 'organization', 'private'), 'image', ${source}, ${model},
        ${orientation}, 0, 'Picture ' || n, iif(n % 10 = 0, '["tag"]', '[]'), 'image/png', 1000, 1500, 4, 3, 0, 'hash' || n,
        'image/webp', 'image/webp',
        '${code}${commonWord} ${code}w' || (n % ${WORDS}) || iif(n % 5000 = 0, ' ${code}${rareWord}', ''),
        '${code}kimage ${code}s' || ${source} || ' ${code}o' || ${orientation} || ' ${code}m' || ${pick(models.map(hexOf), 'iif(n % 1000 = 0, 2, n % 2)')},
        ? + n * 1000, ? + n * 1000, iif(n % 50 = 49, ?, NULL), iif(n % 50 = 49, ?, NULL)
      FROM numbers`,
    )
    .bind(since, code, organizationId, since, since, since, since + 1)
    .run()
}
