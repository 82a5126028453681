/// <reference types="@cloudflare/vitest-plugin/types" />
import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import type { FeedMessage } from '#shared/contracts/feed'
import type { Feed } from './feed.ts'

const namespace = (env as unknown as { FEED: DurableObjectNamespace<Feed> }).FEED
const gone = (id: string) => ({ type: 'item.gone', id }) as const

async function open(stub: DurableObjectStub<Feed>) {
  const response = await stub.fetch('https://feed/', { headers: { upgrade: 'websocket' } })
  const heard: FeedMessage[] = []
  const waiting: (() => void)[] = []
  const socket = response.webSocket
  socket?.addEventListener('message', ({ data }) => {
    heard.push(JSON.parse(data as string) as FeedMessage)
    for (const wake of waiting.splice(0)) wake()
  })
  socket?.accept()
  return {
    status: response.status,
    socket,
    heard,
    async count(messages: number) {
      while (heard.length < messages) await new Promise<void>((wake) => waiting.push(wake))
      return heard
    },
  }
}

test('every open page of a member hears everything, in order', async () => {
  const stub = namespace.getByName('org_a/usr_all')
  const pages = [await open(stub), await open(stub)]
  await stub.publish([gone('itm_1'), gone('itm_2')])
  await stub.publish([gone('itm_3')])
  for (const page of pages) {
    const heard = await page.count(3)
    expect(heard.map((message) => message.type === 'item.gone' && message.id)).toEqual(['itm_1', 'itm_2', 'itm_3'])
    expect(heard.map(({ sequence }) => sequence)).toEqual([1, 2, 3])
    expect(new Set(heard.map(({ epoch }) => epoch)).size).toBe(1)
  }
})

test('what is said while nobody listens is lost, and nothing of it is stored', async () => {
  const stub = namespace.getByName('org_a/usr_nobody')
  await stub.publish([gone('itm_1')])
  const page = await open(stub)
  await stub.publish([gone('itm_2')])
  expect(await page.count(1)).toMatchObject([{ id: 'itm_2', sequence: 1 }])
  expect(await runInDurableObject(stub, async (_feed, state) => (await state.storage.list()).size)).toBe(0)
})

test('an object that has slept goes on counting, so that nobody thinks to have missed something', async () => {
  const stub = namespace.getByName('org_a/usr_sleeps')
  const page = await open(stub)
  await stub.publish([gone('itm_1')])
  await evictDurableObject(stub, { webSockets: 'hibernate' })
  await stub.publish([gone('itm_2')])
  const [first, second] = await page.count(2)
  expect(second).toMatchObject({ sequence: 2, epoch: first!.epoch })
})

test('a member has twenty pages at the most', async () => {
  const stub = namespace.getByName('org_a/usr_many')
  const statuses: number[] = []
  for (let page = 0; page < 21; page++) statuses.push((await open(stub)).status)
  expect(statuses).toEqual([...Array.from({ length: 20 }, () => 101), 429])
})

test('who was let in long ago hears nothing more until they are let in again', async () => {
  const stub = namespace.getByName('org_a/usr_old')
  const page = await open(stub)
  const closed = new Promise<number>((resolve) => page.socket!.addEventListener('close', ({ code }) => resolve(code)))
  await runInDurableObject(stub, (_feed, state) => {
    for (const socket of state.getWebSockets())
      socket.serializeAttachment({ since: Date.now() - 16 * 60_000, epoch: 'e', sequence: 0 })
  })
  await stub.publish([gone('itm_secret')])
  expect(await closed).toBe(4000)
  expect(page.heard).toEqual([])
})

test('without a socket there is nothing to see', async () => {
  expect((await namespace.getByName('org_a/usr_plain').fetch('https://feed/')).status).toBe(404)
})
