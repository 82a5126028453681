// A Worker dies at each of its steps, before it takes effect and after. What was promised holds all the same.
import { expect, test } from 'vitest'
import { sweep } from './sweep.ts'
import { addWebhook, createWorld, deliveriesOf, notice, type World } from './testing.ts'

const DAY = 86_400_000

/** Runs a story once for each place where its Worker can die, and once where it does not. */
async function atEveryStep(
  tell: (world: World) => Promise<void>,
  check: (world: World, died: boolean) => Promise<void>,
) {
  let deaths = 0
  for (let step = 0; ; step++) {
    let died = false
    for (const after of [false, true]) {
      const world = createWorld()
      await tell(world)
      world.state.steps = 0
      world.state.death = { step, after }
      await world.runDry()
      died = world.state.dead
      if (died) deaths += 1
      world.revive()
      await world.runDry()
      await check(world, died)
    }
    if (!died) return deaths
  }
}

test('every event reaches every webhook and every mailbox, wherever the Worker dies', async () => {
  let ids: string[] = []
  const deaths = await atEveryStep(
    async (world) => {
      const a = await addWebhook(world)
      const b = await addWebhook(world, { url: 'https://hooks.example/b' })
      ids = [a.id, b.id]
      const seen = new Set<string>()
      // The second server fails once.
      world.state.answer = ({ url }) => {
        const first = !seen.has(url)
        seen.add(url)
        return new Response(null, { status: first && url.endsWith('/b') ? 500 : 200 })
      }
      world.put('riwaq-notices', notice())
    },
    async (world, died) => {
      for (const id of ids) expect(await deliveriesOf(world, id)).toMatchObject([{ status: 'delivered' }])
      expect(world.mailed).toHaveLength(1)
      expect(world.queued).toEqual([])
      // One for the first server, two for the second; one more where an answer was lost with its Worker.
      expect(world.told.length).toBeGreaterThanOrEqual(died ? 2 : 3)
      expect(world.told.length).toBeLessThanOrEqual(died ? 4 : 3)
      expect(new Set(world.told.map(({ headers }) => headers['webhook-id']))).toEqual(new Set(['evt_1']))
    },
  )
  expect(deaths).toBeGreaterThan(30)
})

test('a webhook that is gone is switched off and announced once, wherever the Worker dies', async () => {
  let id = ''
  await atEveryStep(
    async (world) => {
      id = (await addWebhook(world)).id
      world.state.answer = () => new Response(null, { status: 410 })
      world.put('riwaq-notices', notice())
    },
    async (world) => {
      expect((await world.ask('GET', `/${id}`)).json).toMatchObject({ enabled: false, disabled_reason: 'gone' })
      const announced = world.mailed.filter(({ type }) => type === 'webhook.disabled')
      expect(announced).toHaveLength(1)
      expect(world.audits.filter(({ action }) => action === 'webhook.disabled').length).toBeGreaterThan(0)
      expect(world.queued).toEqual([])
    },
  )
})

test('a test that somebody asked for is delivered or refused, and never both lost and promised', async () => {
  for (let step = 0; ; step++) {
    const world = createWorld()
    const { id } = await addWebhook(world)
    world.state.steps = 0
    world.state.death = { step, after: true }
    const { status } = await world.ask('POST', `/${id}/test`)
    const died = world.state.dead
    world.revive()
    await world.runDry()
    if (status === 202) expect(world.told).toHaveLength(1)
    // What was written before the Worker died is found again.
    world.clock.advance(DAY)
    await sweep({ ctx: world.ctx })
    await world.runDry()
    for (const delivery of await deliveriesOf(world, id)) expect(delivery).toMatchObject({ status: 'delivered' })
    if (!died) return
  }
})
