// The positions of a page, each kind of list by its own index: the newest of whatever is asked is found without looking
// at what is not. Who may see an item is part of every query.
import { sql, type SQL } from 'drizzle-orm'
import type { Visibility } from '#shared/contracts/library'
import { MAX_POSITION } from './position.ts'
import type { Viewer } from './item-row.ts'
import { searchExpression } from './search-words.ts'

export interface ListAsked {
  viewer: Viewer
  limit: number
  order: 'newest' | 'oldest'
  /** From this position (inclusive) up to that one (exclusive): dates and cursors together. */
  from?: number
  to?: number
  text?: string
  kind?: string
  source?: string
  model?: string
  orientation?: string
  tag?: string
  collectionId?: string
  favourite?: boolean
  owner?: 'me' | 'others'
  shared?: boolean
  deleted?: boolean
}

const all = (conditions: (SQL | undefined)[]): SQL =>
  sql.join(
    conditions.filter((condition) => condition !== undefined),
    sql` AND `,
  )

const orderOf = ({ order }: ListAsked): SQL => sql.raw(order === 'newest' ? 'DESC' : 'ASC')

const within = (column: SQL, { from = 0, to = MAX_POSITION }: ListAsked): SQL =>
  sql`${column} >= ${from} AND ${column} < ${to}`

/** Shown to the organization, or to everybody by an address. */
const isShared = (shared: boolean): SQL =>
  shared ? sql`(i.visibility = 'organization' OR i.shared = 1)` : sql`i.visibility = 'private' AND i.shared = 0`

/** What the indexes of the table hold beside whose an item is. */
const attributes = ({ kind, source, model, orientation, shared }: ListAsked): (SQL | undefined)[] => [
  kind === undefined ? undefined : sql`i.kind = ${kind}`,
  source === undefined ? undefined : sql`i.source = ${source}`,
  model === undefined ? undefined : sql`i.model = ${model}`,
  orientation === undefined ? undefined : sql`i.orientation = ${orientation}`,
  shared === undefined ? undefined : isShared(shared),
]

const favourites = ({ viewer, favourite }: ListAsked, position: SQL): SQL | undefined => {
  if (favourite === undefined) return undefined
  const found = sql`EXISTS (SELECT 1 FROM library_favourites f WHERE f.organization_id = ${viewer.organizationId} AND f.user_id = ${viewer.userId} AND f.position = ${position})`
  return favourite ? found : sql`NOT ${found}`
}

const collected = ({ collectionId }: ListAsked, position: SQL): SQL | undefined =>
  collectionId === undefined
    ? undefined
    : sql`EXISTS (SELECT 1 FROM library_collection_items c WHERE c.collection_id = ${collectionId} AND c.position = ${position})`

/** For lists that come from elsewhere than the table itself: whether the item they name is one that this member sees. */
function visible({ viewer: { organizationId, userId }, owner, deleted = false }: ListAsked): SQL {
  const state = sql`i.organization_id = ${organizationId} AND i.state = ${deleted ? 'deleted' : 'ready'}`
  if (deleted || owner === 'me') return sql`${state} AND i.owner_id = ${userId}`
  if (owner === 'others') return sql`${state} AND i.visibility = 'organization' AND i.owner_id <> ${userId}`
  return sql`${state} AND (i.owner_id = ${userId} OR i.visibility = 'organization')`
}

const own = sql`library_items i INDEXED BY library_items_own`
const shown = sql`library_items i INDEXED BY library_items_shown`

/** One part for each range of an index; the database merges them as they come. */
function parts({
  viewer: { organizationId, userId },
  owner,
  deleted = false,
}: ListAsked): { table: SQL; whose: SQL }[] {
  const state = deleted ? 'deleted' : 'ready'
  const mine = (visibility: Visibility) => ({
    table: own,
    whose: sql`i.organization_id = ${organizationId} AND i.owner_id = ${userId} AND i.visibility = ${visibility} AND i.state = ${state}`,
  })
  const everybodys = {
    table: shown,
    whose: sql`i.organization_id = ${organizationId} AND i.visibility = 'organization' AND i.state = ${state}`,
  }
  if (deleted || owner === 'me') return [mine('private'), mine('organization')]
  if (owner === 'others') return [{ ...everybodys, whose: sql`${everybodys.whose} AND i.owner_id <> ${userId}` }]
  return [mine('private'), everybodys]
}

function fromTable(asked: ListAsked): SQL {
  const position = sql`i.position`
  const conditions = [within(position, asked), ...attributes(asked), favourites(asked, position)]
  const ranges = parts(asked).map(
    ({ table, whose }) => sql`SELECT i.position AS position FROM ${table} WHERE ${all([whose, ...conditions])}`,
  )
  return sql`${sql.join(ranges, sql` UNION ALL `)} ORDER BY position ${orderOf(asked)} LIMIT ${asked.limit}`
}

function fromFavourites(asked: ListAsked): SQL {
  const { organizationId, userId } = asked.viewer
  const position = sql`l.position`
  const conditions = [
    sql`l.organization_id = ${organizationId} AND l.user_id = ${userId}`,
    within(position, asked),
    visible(asked),
    ...attributes(asked),
  ]
  return sql`SELECT l.position AS position FROM library_favourites l CROSS JOIN library_items i ON i.position = l.position WHERE ${all(conditions)} ORDER BY l.position ${orderOf(asked)} LIMIT ${asked.limit}`
}

function fromCollection(asked: ListAsked): SQL {
  const position = sql`l.position`
  const conditions = [
    sql`l.collection_id = ${asked.collectionId}`,
    within(position, asked),
    visible(asked),
    ...attributes(asked),
    favourites(asked, position),
  ]
  return sql`SELECT l.position AS position FROM library_collection_items l CROSS JOIN library_items i ON i.position = l.position WHERE ${all(conditions)} ORDER BY l.position ${orderOf(asked)} LIMIT ${asked.limit}`
}

function fromSearch(asked: ListAsked): SQL | null {
  const { viewer, tag, text, kind, source, model, orientation, owner, deleted, shared } = asked
  const expression = searchExpression({
    ...viewer,
    owner,
    deleted,
    text,
    kind,
    source,
    model,
    orientation,
    tags: tag === undefined ? [] : [tag],
  })
  if (expression === null) return null
  const position = sql`s.rowid`
  const conditions = [
    sql`s.library_search MATCH ${expression}`,
    within(position, asked),
    visible(asked),
    shared === undefined ? undefined : isShared(shared),
    favourites(asked, position),
    collected(asked, position),
  ]
  return sql`SELECT s.rowid AS position FROM library_search s CROSS JOIN library_items i ON i.position = s.rowid WHERE ${all(conditions)} ORDER BY s.rowid ${orderOf(asked)} LIMIT ${asked.limit}`
}

/** Null where nothing can be found. */
export function positionsOf(asked: ListAsked): SQL | null {
  if (asked.text !== undefined || asked.tag !== undefined) return fromSearch(asked)
  if (asked.collectionId !== undefined) return fromCollection(asked)
  return asked.favourite ? fromFavourites(asked) : fromTable(asked)
}
