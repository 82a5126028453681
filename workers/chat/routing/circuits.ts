// Whether a vendor is worth asking, as this isolate has seen it: closed while it answers; open, so that nobody waits
// for it, once most of its calls fail; half open when a while has passed: then one call is let through, and its
// outcome decides.
import type { Clock } from '#shared/lib/clock'

/** Failures within the window that open a circuit, where they are also half of all that was asked. */
const FAILURES = 10
const WINDOW_MS = 30_000
const OPEN_MS = 15_000
/** One for each vendor, and one for each key of an organization's own. */
const MAX_CIRCUITS = 1_000

/** neither: it says nothing of the vendor (the caller left, the request was at fault). */
export type CircuitOutcome = 'succeeded' | 'failed' | 'neither'

interface Circuit {
  windowAt: number
  successes: number
  failures: number
  /** Null: closed. */
  openUntil: number | null
  probing: boolean
}

export interface Circuits {
  /** Whether a call would be let through now. Takes nothing. */
  lets(name: string): boolean
  /** Lets a call through; what became of it must be reported. */
  enter(name: string): boolean
  report(name: string, outcome: CircuitOutcome): void
  /** Milliseconds until a call would be let through; 0 where it would be now. */
  restsForMs(name: string): number
}

export function createCircuits(clock: Clock): Circuits {
  const circuits = new Map<string, Circuit>()

  /** Only what has failed is remembered: a vendor that always answers costs one look-up. */
  function circuitOf(name: string): Circuit {
    const known = circuits.get(name)
    if (known) return known
    if (circuits.size >= MAX_CIRCUITS) circuits.delete(circuits.keys().next().value!)
    const circuit: Circuit = { windowAt: clock(), successes: 0, failures: 0, openUntil: null, probing: false }
    circuits.set(name, circuit)
    return circuit
  }

  const isReady = ({ openUntil, probing }: Circuit): boolean => openUntil === null || (clock() >= openUntil && !probing)

  function fail(circuit: Circuit, now: number) {
    circuit.failures++
    const mostly = circuit.failures >= FAILURES && circuit.failures >= circuit.successes
    // Half open: its one call has failed.
    if (circuit.openUntil !== null || mostly) circuit.openUntil = now + OPEN_MS
  }

  return {
    lets(name) {
      const circuit = circuits.get(name)
      return !circuit || isReady(circuit)
    },
    enter(name) {
      const circuit = circuits.get(name)
      if (!circuit || circuit.openUntil === null) return true
      if (!isReady(circuit)) return false
      return (circuit.probing = true)
    },
    report(name, outcome) {
      if (outcome !== 'failed' && !circuits.has(name)) return
      const circuit = circuitOf(name)
      const now = clock()
      circuit.probing = false
      if (outcome === 'neither') return
      if (outcome === 'succeeded' && circuit.openUntil !== null) return void circuits.delete(name)
      if (now - circuit.windowAt > WINDOW_MS) Object.assign(circuit, { windowAt: now, successes: 0, failures: 0 })
      if (outcome === 'succeeded') circuit.successes++
      else fail(circuit, now)
    },
    restsForMs(name) {
      const circuit = circuits.get(name)
      return !circuit || isReady(circuit) ? 0 : Math.max(1_000, (circuit.openUntil ?? 0) - clock())
    },
  }
}
