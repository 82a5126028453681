// Calls of many requests to the same place share their trips: while enough trips are on their way, those who come
// gather, and the first of them takes the others along. A trip is always made by a request that waits for it
// itself, with its own connection. Should that request die on the way, those who went along lose their patience
// and go alone, so whatever is asked must be safe to ask twice.

/** Calls back once; the answer cancels it. */
type After = (milliseconds: number, callback: () => void) => () => void

export interface Trip<I, O> {
  /** Where to: only calls to the same place share a trip. */
  place: string
  input: I
  alone: (input: I) => Promise<O>
  together: (inputs: I[]) => Promise<O[]>
}

interface Waiting<I, O> {
  input: I
  arrive: (value: O) => void
  goAlone: () => void
  lead: (others: Waiting<I, O>[]) => void
}

interface Place<I, O> {
  /** When each trip that has not come back yet began. */
  departures: Set<{ at: number }>
  waiting: Waiting<I, O>[]
}

export interface GatherOptions {
  /** Trips at once to one place before calls begin to gather. */
  trips: number
  /** How long one waits for company while those trips are away; then it leaves with whoever is there. */
  companyMs: number
  /** How long one who went along waits for the one who took it. */
  patienceMs: number
  now: () => number
  after: After
}

export type Gather<I, O> = (trip: Trip<I, O>) => Promise<O>

export function createGather<I, O>({ trips, companyMs, patienceMs, now, after }: GatherOptions): Gather<I, O> {
  const places = new Map<string, Place<I, O>>()

  function placeOf(name: string): Place<I, O> {
    let place = places.get(name)
    if (!place) places.set(name, (place = { departures: new Set(), waiting: [] }))
    return place
  }

  function onTheirWay(place: Place<I, O>): number {
    // A traveller that died never comes back: after a while its place is free again.
    for (const departure of place.departures) if (now() - departure.at > patienceMs) place.departures.delete(departure)
    return place.departures.size
  }

  async function depart<T>(name: string, place: Place<I, O>, travel: () => Promise<T>): Promise<T> {
    const departure = { at: now() }
    place.departures.add(departure)
    try {
      return await travel()
    } finally {
      place.departures.delete(departure)
      const [leader, ...others] = place.waiting.splice(0)
      if (leader) leader.lead(others)
      else if (place.departures.size === 0) places.delete(name)
    }
  }

  async function takeAlong({ place: name, input, together }: Trip<I, O>, others: Waiting<I, O>[]): Promise<O> {
    try {
      const inputs = [input, ...others.map((other) => other.input)]
      const [own, ...rest] = await depart(name, placeOf(name), () => together(inputs))
      for (const [at, other] of others.entries()) other.arrive(rest[at]!)
      return own!
    } catch (error) {
      for (const other of others) other.goAlone()
      throw error
    }
  }

  return async function gather(trip) {
    const place = placeOf(trip.place)
    const alone = () => depart(trip.place, placeOf(trip.place), () => trip.alone(trip.input))
    if (onTheirWay(place) < trips) return alone()
    const turn = Promise.withResolvers<() => Promise<O> | O>()
    const self: Waiting<I, O> = {
      input: trip.input,
      arrive: (value) => turn.resolve(() => value),
      goAlone: () => turn.resolve(alone),
      lead: (others) => turn.resolve(others.length === 0 ? alone : () => takeAlong(trip, others)),
    }
    place.waiting.push(self)
    let cancel = after(companyMs, () => {
      // Whoever has been taken along waits for its leader, and goes alone where that one has died.
      if (!place.waiting.includes(self)) return void (cancel = after(patienceMs, self.goAlone))
      self.lead(place.waiting.splice(0).filter((other) => other !== self))
    })
    const go = await turn.promise
    cancel()
    return go()
  }
}
