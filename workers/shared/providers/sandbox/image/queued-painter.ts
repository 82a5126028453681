// The same painter behind an order that takes its time, so that the road of vendors with a queue is seen without one.
import { z } from 'zod'
import { unsupportedParameter } from '#shared/http/problems'
import type { ImageRequest, JobImageModel } from '../../spec/image-model.ts'
import { createPainter } from './painter.ts'
import type { SandboxDrawing } from './drawing.ts'

/** Looks that find it at work, and how long lies between them. */
const LOOKS = 3
const BETWEEN_MS = 700

const Order = z.object({
  startedAt: z.number(),
  looks: z.number(),
  request: z.looseObject({ operation: z.literal('generate'), prompt: z.string(), count: z.number() }),
})

/**
 * Nobody keeps anything for it: all that it has to know later is in the order itself, so it works from words alone.
 */
export function createQueuedPainter({ draw, now }: { draw: SandboxDrawing; now: () => number }): JobImageModel {
  const painter = createPainter({ draw })
  return {
    delivery: 'job',
    async start(request, { signal }) {
      signal.throwIfAborted()
      const { operation, prompt, negativePrompt, count, size, quality, background, seed } = request
      if (operation !== 'generate') throw unsupportedParameter('operation', 'This painter works from words alone.')
      const kept = { operation, prompt, negativePrompt, count, size, quality, background, seed }
      const order = { startedAt: now(), looks: LOOKS, request: kept }
      return { operation: JSON.stringify(order), warnings: [] }
    },
    async poll(operation, { signal }) {
      const { startedAt, looks, request } = Order.parse(JSON.parse(operation))
      const done = Math.floor((now() - startedAt) / BETWEEN_MS)
      if (done < looks) return { state: 'pending', progress: (done + 0.5) / (looks + 0.5), retryAfterMs: BETWEEN_MS }
      const result = await painter.generate(request as ImageRequest, { signal, idempotencyKey: '' })
      return { state: 'done', result }
    },
    cancel: () => Promise.resolve(),
  }
}
