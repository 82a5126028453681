import { and, eq, inArray } from 'drizzle-orm'
import { libraryFacets } from '#db/schema/library'
import type { LibraryFacets } from '#shared/contracts/library'
import type { LibraryContext } from './context.ts'

const MOST = 100
/** Of what one member sees: more different tags than this are not weighed against each other. */
const MOST_READ = 2_000

type Facet = LibraryFacets['models'][number]

function mostFrequent(rows: { value: string; items: number }[]): Facet[] {
  const counts = new Map<string, number>()
  for (const { value, items } of rows) counts.set(value, (counts.get(value) ?? 0) + items)
  return [...counts]
    .filter(([, count]) => count > 0)
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || a.value.localeCompare(b.value))
    .slice(0, MOST)
}

/** By what the library can be narrowed: from sums that are kept, whatever the number of items. */
export async function readFacets({ ctx: { db, viewer } }: { ctx: LibraryContext }): Promise<LibraryFacets> {
  const read = (facet: 'model' | 'tag') =>
    db
      .select({ value: libraryFacets.value, items: libraryFacets.items })
      .from(libraryFacets)
      .where(
        and(
          eq(libraryFacets.organizationId, viewer.organizationId),
          inArray(libraryFacets.scope, [viewer.userId, '*']),
          eq(libraryFacets.facet, facet),
        ),
      )
      .limit(MOST_READ)
  const [models, tags] = await Promise.all([read('model'), read('tag')])
  return { models: mostFrequent(models), tags: mostFrequent(tags) }
}
