// A vendor's stream to a caller of the same dialect, byte for byte, event by event as it arrives.
import { estimateTextTokens } from '#shared/catalog/estimate-tokens'
import type { Problem } from '#shared/http/problems'
import type { MeteredCall } from '#shared/metering/metered-call'
import { meteredStream } from '#shared/metering/metered-stream'
import type { RelayEditor, StreamReader } from '../dialects/dialect.ts'
import { toBytes } from '../dialects/server-sent-events.ts'
import { createEventGate, joinBytes } from './event-gate.ts'
import { createRelayTally } from './relay-tally.ts'

export interface RelayStreamInput {
  call: MeteredCall
  chunks: ReadableStreamDefaultReader<Uint8Array>
  /** What was read before the answer began. */
  first: Uint8Array
  reader: StreamReader
  editor?: RelayEditor
  hideUsage: boolean
  errorEvent: (problem: Problem) => string
  record?: (bytes: Uint8Array) => void
  countsUnseen: boolean
}

export function relayStream({
  call,
  chunks,
  first,
  reader,
  editor,
  hideUsage,
  errorEvent,
  record,
  countsUnseen,
}: RelayStreamInput): ReadableStream<Uint8Array> {
  const tally = createRelayTally({ reader, estimateText: estimateTextTokens })
  const gate = createEventGate({ hideUsage })
  let waiting: Uint8Array | null = first
  call.tallyWith(tally.tally)

  /** A last event without its blank line is whole where it says that the answer is. */
  function finished(): boolean {
    const rest = gate.rest()
    if (rest) tally.keep(rest)
    return tally.finished()
  }

  async function endEdited(edit: RelayEditor): Promise<Uint8Array | null> {
    const rest = gate.rest()
    const passed = rest ? edit.pass(joinBytes(rest, toBytes('\n\n'))) : null
    const end = await edit.end()
    return passed && end ? joinBytes(passed, end) : (end ?? passed)
  }

  return meteredStream<Uint8Array>({
    call,
    record,
    countsUnseen,
    source: {
      next: async () => {
        if (waiting) {
          const value = waiting
          waiting = null
          return value
        }
        const { done, value } = await chunks.read()
        return done ? undefined : value
      },
      cancel: (problem) => void chunks.cancel(problem ?? undefined).catch(() => undefined),
    },
    pass(chunk) {
      const taken = gate.take(chunk)
      if (!taken) return null
      tally.keep(taken.whole)
      return editor ? editor.pass(taken.passed) : taken.passed
    },
    isWhole: finished,
    close(problem) {
      if (problem) return tally.failed() ? null : (editor?.fail(problem) ?? toBytes(errorEvent(problem)))
      return editor ? endEdited(editor) : gate.rest()
    },
  })
}
