/** What `data.previous_attributes` of an event says: the fields that changed, as they were. */
export function previousAttributes<T extends object>(before: T, after: T): Partial<T> {
  const changed = Object.entries(before).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(after[key as keyof T]),
  )
  return Object.fromEntries(changed) as Partial<T>
}
