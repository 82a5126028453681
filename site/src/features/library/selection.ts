// Which pictures are chosen. Pure: the grid says what was pressed, this says what is chosen then.
export interface Selection {
  ids: ReadonlySet<string>
  /** Where a range begins: what was pressed last without Shift. */
  anchor: string | null
}

export const nothing: Selection = { ids: new Set(), anchor: null }

export function toggled(selection: Selection, id: string): Selection {
  const ids = new Set(selection.ids)
  if (!ids.delete(id)) ids.add(id)
  return { ids, anchor: id }
}

/** From the anchor to this one, both included, in addition to what is chosen already. */
export function extendedTo(selection: Selection, id: string, order: readonly string[]): Selection {
  const from = selection.anchor === null ? -1 : order.indexOf(selection.anchor)
  const to = order.indexOf(id)
  if (from === -1 || to === -1) return { ids: new Set([...selection.ids, id]), anchor: id }
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1)
  return { ids: new Set([...selection.ids, ...range]), anchor: selection.anchor }
}

export const everything = (order: readonly string[]): Selection => ({ ids: new Set(order), anchor: null })

/** What is no longer there is no longer chosen. */
export function within(selection: Selection, order: readonly string[]): Selection {
  const there = new Set(order)
  const ids = new Set([...selection.ids].filter((id) => there.has(id)))
  if (ids.size === selection.ids.size) return selection
  return { ids, anchor: selection.anchor !== null && there.has(selection.anchor) ? selection.anchor : null }
}
