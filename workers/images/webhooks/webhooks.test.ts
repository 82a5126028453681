import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Job } from '#shared/contracts/jobs'
import { createImagesWorld, ordering, painter, PICTURE_MICROS, png } from '../testing.ts'
import { webhookUrlOf } from './webhook-url.ts'

const SECRET = `whsec_${Buffer.from('a secret of thirty-two letters!!').toString('base64')}`
const asked = { operation: 'generate', model: painter.id, prompt: 'a fox' }
const anonymous = { kind: 'anonymous' } as const

function signed(body: string, at: number) {
  const id = 'msg_1'
  const timestamp = String(Math.floor(at / 1000))
  const key = Buffer.from(SECRET.slice('whsec_'.length), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
}

async function createWaiting() {
  let ready = false
  let looks = 0
  const model = ordering({
    start: async () => ({ operation: 'op_1', warnings: [] }),
    async poll() {
      looks++
      return ready
        ? { state: 'done', result: { images: [{ bytes: png() }], usage: null, warnings: [] } }
        : { state: 'pending', progress: null, retryAfterMs: 600_000 }
    },
    cancel: async () => {},
  })
  const world = await createImagesWorld({ models: [model], settings: { REPLICATE_WEBHOOK_SECRET: SECRET } })
  const { id } = await world.json<Job>('/api/images/jobs', asked)
  await world.work()
  return { world, id, looked: () => looks, finish: () => void (ready = true) }
}

test('a vendor’s word wakes its job, and nothing that it says is believed', async () => {
  const { world, id, looked, finish } = await createWaiting()
  const said = JSON.stringify({ status: 'succeeded', output: ['https://evil.test/picture.png'] })
  const before = looked()
  finish()
  const response = await world.ask(`/webhooks/images/replicate/${id}`, said, {
    headers: signed(said, world.clock()),
    principal: anonymous,
  })
  expect(response.status).toBe(204)
  await world.work()
  expect(looked()).toBe(before + 1)
  expect(await world.json<Job>(`/api/images/jobs/${id}`)).toMatchObject({
    state: 'succeeded',
    cost_micros: PICTURE_MICROS,
  })
})

test('what is not signed wakes nobody, and is told nothing', async () => {
  const { world, id } = await createWaiting()
  const forged = { ...signed('{"a":1}', world.clock()) }
  for (const [path, headers] of [
    [`replicate/${id}`, forged],
    [`replicate/${id}`, {}],
    [`fal/${id}`, forged],
    ['replicate/job_unknown', forged],
  ] as const) {
    const response = await world.ask(`/webhooks/images/${path}`, '{"a":2}', { headers, principal: anonymous })
    expect(response.status).toBe(401)
    expect(await response.text()).not.toContain(id)
  }
  expect(world.messages).toEqual([])
})

test('a job that is not there is not there', async () => {
  const { world } = await createWaiting()
  const headers = signed('{}', world.clock())
  const at = (path: string) => world.ask(`/webhooks/images/${path}`, '{}', { headers, principal: anonymous })
  expect((await at('replicate/job_unknown')).status).toBe(404)
  expect((await at('nobody/job_unknown')).status).toBe(404)
})

test('vendors are given an address only where they can reach it', () => {
  const at = (settings: object, vendor: 'fal' | 'openai' = 'fal') => webhookUrlOf({ vendor, jobId: 'job_1', settings })
  expect(at({ PUBLIC_URL: 'https://ai.example.com/' })).toBe('https://ai.example.com/webhooks/images/fal/job_1')
  expect(at({ PUBLIC_URL: 'https://ai.example.com' }, 'openai')).toBeNull()
  expect(at({ LOCAL_URL: 'http://localhost:8787' })).toBeNull()
  expect(at({ PUBLIC_URL: 'http://10.0.0.1', LOCAL_URL: 'http://localhost:8787' })).toBeNull()
  expect(at({ LOCAL_URL: 'http://localhost:8787', FAL_BASE_URL: 'http://127.0.0.1:9000' })).toBe(
    'http://localhost:8787/webhooks/images/fal/job_1',
  )
})
