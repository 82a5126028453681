// Where objects are kept. What is read is a copy: it changes only what it is put back into.
import type { Tables, TypeName } from './tables.ts'

export interface Store {
  get<Name extends TypeName>(type: Name, id: string): Tables[Name] | undefined
  /** The place in the order of creation is that of the first time. */
  put<Name extends TypeName>(type: Name, value: Tables[Name]): void
  remove(type: TypeName, id: string): void
  /** The newest first; of one customer, where one is named. */
  list<Name extends TypeName>(type: Name, of?: { customer?: string }): Tables[Name][]
  clear(): void
}

/** The customer an object belongs to is how most of them are asked for. */
export function customerOf(value: object): string | null {
  if ('customer' in value && typeof value.customer === 'string') return value.customer
  return null
}

interface Row {
  json: string
  customer: string | null
}

export class InMemoryStore implements Store {
  #tables = new Map<TypeName, Map<string, Row>>()

  #table(type: TypeName): Map<string, Row> {
    const known = this.#tables.get(type)
    if (known) return known
    const made = new Map<string, Row>()
    this.#tables.set(type, made)
    return made
  }

  get<Name extends TypeName>(type: Name, id: string): Tables[Name] | undefined {
    const row = this.#table(type).get(id)
    return row && (JSON.parse(row.json) as Tables[Name])
  }

  put<Name extends TypeName>(type: Name, value: Tables[Name]): void {
    this.#table(type).set(value.id, { json: JSON.stringify(value), customer: customerOf(value) })
  }

  remove(type: TypeName, id: string): void {
    this.#table(type).delete(id)
  }

  list<Name extends TypeName>(type: Name, of: { customer?: string } = {}): Tables[Name][] {
    return [...this.#table(type).values()]
      .filter(({ customer }) => of.customer === undefined || customer === of.customer)
      .map(({ json }) => JSON.parse(json) as Tables[Name])
      .toReversed()
  }

  clear(): void {
    this.#tables.clear()
  }
}
