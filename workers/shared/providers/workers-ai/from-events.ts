// Workers AI streams in two shapes: the older models' `{ response, tool_calls, usage }`, and OpenAI's chunks. Both may
// come from one binding, so each event is looked at.
import { z } from 'zod'
import type { JsonEvent } from '../kit/read-json-events.ts'

const OlderEvent = z.object({
  response: z.union([z.string(), z.number(), z.record(z.string(), z.unknown()), z.array(z.unknown())]).nullish(),
  tool_calls: z.array(z.object({ name: z.string(), arguments: z.unknown().optional() })).nullish(),
  usage: z.unknown().optional(),
})

const toText = (response: z.infer<typeof OlderEvent>['response']): string =>
  response === null || response === undefined
    ? ''
    : typeof response === 'object'
      ? JSON.stringify(response)
      : String(response)

/** The older shape as the newer; anything else unchanged. */
export function toChunk(data: Record<string, unknown>): Record<string, unknown> {
  const older = 'choices' in data || 'error' in data ? null : OlderEvent.safeParse(data)
  if (!older?.success) return data
  const { response, tool_calls, usage } = older.data
  const delta = {
    content: toText(response),
    ...(tool_calls?.length && {
      tool_calls: tool_calls.map((call, index) => ({
        index,
        function: { name: call.name, arguments: JSON.stringify(call.arguments ?? {}) },
      })),
    }),
  }
  return { choices: [{ delta }], usage }
}

export async function* toChunks(events: AsyncIterable<JsonEvent>): AsyncGenerator<JsonEvent> {
  for await (const event of events) yield event.data === null ? event : { ...event, data: toChunk(event.data) }
}
