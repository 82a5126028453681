import { beforeAll, expect, test } from 'vitest'
import { createTestClock } from '#shared/lib/clock'
import type { ImageRequest, JobImageModel } from '../../spec/image-model.ts'
import type { SandboxDrawing } from './drawing.ts'
import { createSandboxImages } from './index.ts'
import { createTestDrawing } from './testing.ts'

const asked: ImageRequest = {
  operation: 'generate',
  prompt: 'سوق قديم',
  count: 2,
  size: { width: 256, height: 256 },
  seed: 3,
}
const { signal } = new AbortController()
const options = { signal, idempotencyKey: 'key', webhookUrl: null }

let draw: SandboxDrawing
beforeAll(async () => {
  draw = await createTestDrawing()
})

function createQueue() {
  const clock = createTestClock()
  const { image } = createSandboxImages({ draw, now: clock })
  return { clock, queued: image('sandbox-image-queued') as JobImageModel, image }
}

test('an order is found at work some times, further each time, and is then what the painter makes at once', async () => {
  const { clock, queued, image } = createQueue()
  const { operation } = await queued.start(asked, options)
  const shares: number[] = []
  for (;;) {
    const state = await queued.poll(operation, { signal })
    if (state.state !== 'pending') {
      const direct = image('sandbox-image')
      const at_once = direct.delivery === 'direct' ? await direct.generate(asked, options) : null
      expect(state).toEqual({ state: 'done', result: at_once })
      break
    }
    shares.push(state.progress!)
    clock.advance(state.retryAfterMs!)
  }
  expect(shares).toHaveLength(3)
  expect(shares).toEqual(shares.toSorted((left, right) => left - right))
  expect(shares[2]).toBeLessThan(1)
})

test('whoever asks about an order knows it by its name alone, and as often as they like', async () => {
  const { clock, queued } = createQueue()
  const { operation } = await queued.start(asked, options)
  clock.advance(60_000)
  const first = await queued.poll(operation, { signal })
  expect(await createQueue().queued.poll(operation, { signal })).toMatchObject({ state: 'pending' })
  expect(await queued.poll(operation, { signal })).toEqual(first)
})

test('it works from words alone', async () => {
  await expect(createQueue().queued.start({ ...asked, operation: 'upscale' }, options)).rejects.toMatchObject({
    code: 'unsupported_parameter',
  })
})
