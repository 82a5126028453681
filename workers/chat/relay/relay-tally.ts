// What is known of a stream that passes untranslated. Its bytes are only kept while it runs; they are read once,
// when it ends: the events with usage where it is complete, all of them where it was cut.
import type { Tally } from '#shared/metering/charge'
import type { EstimateText } from '#shared/metering/event-tally'
import type { StreamReader } from '../dialects/dialect.ts'
import { dataOf, EVENT_END } from './event-gate.ts'

/** Bytes kept before they are read and dropped, so that a long answer does not stay in memory. */
const FOLD_BYTES = 262_144
/** Events that end an answer or count it. */
const DECISIVE = /"usage"\s*:\s*\{|\[DONE\]|"finish_reason"\s*:\s*"|"message_stop"|"error"/

const decoder = new TextDecoder()

export interface RelayTally {
  keep(bytes: Uint8Array): void
  tally(): Tally
  /** Whether the vendor said that the answer is whole. */
  finished(): boolean
  /** Whether the vendor itself told the caller that it is not. */
  failed(): boolean
}

export function createRelayTally({
  reader,
  estimateText,
}: {
  reader: StreamReader
  estimateText: EstimateText
}): RelayTally {
  let kept: Uint8Array[] = []
  let keptBytes = 0
  let outputTokens = 0
  let text = 0
  let begun = false

  const decodeKept = (): string[] => {
    // Whole events only, so no character is ever split between two of them.
    const events = kept
      .map((bytes) => decoder.decode(bytes))
      .join('')
      .split(EVENT_END)
    return events
  }

  function readKept(wanted: (event: string) => boolean) {
    for (const event of decodeKept()) {
      const data = wanted(event) ? dataOf(event) : null
      if (data !== null) reader.read(data)
    }
  }

  function fold() {
    readKept(() => true)
    kept = []
    keptBytes = 0
    const passed = reader.takeText()
    text += passed.length
    if (passed !== '') outputTokens += estimateText(passed)
  }

  function readEnd() {
    readKept((event) => DECISIVE.test(event))
    reader.takeText()
  }

  return {
    keep(bytes) {
      begun = true
      kept.push(bytes)
      keptBytes += bytes.length
      if (keptBytes > FOLD_BYTES) fold()
    },
    finished() {
      readEnd()
      return reader.finished()
    },
    failed: () => reader.failed(),
    tally() {
      readEnd()
      const usage = reader.finished() ? reader.usage() : null
      if (!usage) fold()
      return { usage, promptUsage: reader.promptUsage(), outputTokens, delivered: text > 0, begun }
    },
  }
}
