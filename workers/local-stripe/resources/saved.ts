import { previousAttributes } from '../changes.ts'
import type { Engine } from '../engine.ts'
import type { Tables, TypeName } from '../tables.ts'

/** Stores what became of an object and tells it, where anything changed. */
export function save<Name extends TypeName>({
  engine,
  type,
  event,
  before,
  after,
}: {
  engine: Engine
  type: Name
  event: string
  before: Tables[Name]
  after: Tables[Name]
}): Tables[Name] {
  const changed = previousAttributes(before, after)
  engine.store.put(type, after)
  if (Object.keys(changed).length > 0) engine.emit(event, after, changed)
  return after
}
