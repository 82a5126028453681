import { expect, test } from 'vitest'
import { createTestDatabase } from '#db/testing'
import { createConversationIndex } from './repository.ts'

const owner = { organizationId: 'org_a', userId: 'usr_a' }

async function createWorld(titles: string[]) {
  const index = createConversationIndex(createTestDatabase())
  for (const [at, title] of titles.entries()) await index.add({ owner, id: `conv_${at}`, title, model: null, at })
  return index
}

const find = async (index: Awaited<ReturnType<typeof createWorld>>, search: string) =>
  (await index.list({ owner, limit: 50, search })).map((entry) => entry.title)

test('the newest conversation comes first, and pages neither repeat nor skip', async () => {
  const index = await createWorld(['a', 'b', 'c', 'd', 'e'])
  await index.change({ owner, id: 'conv_0', updatedAt: 100 })
  await index.change({ owner, id: 'conv_1', updatedAt: 100 })
  const first = await index.list({ owner, limit: 2 })
  const second = await index.list({ owner, limit: 2, after: first.at(-1) })
  const third = await index.list({ owner, limit: 2, after: second.at(-1) })
  expect([...first, ...second, ...third].map((entry) => entry.title)).toEqual(['b', 'a', 'e', 'd', 'c'])
})

test('a title is found however its Arabic is spelt', async () => {
  const index = await createWorld(['إدارة المدرسة', 'مَدْرَسَةٌ', 'محـــمد ١٢٣', 'Cooking rice'])
  expect(await find(index, 'ادارة')).toEqual(['إدارة المدرسة'])
  expect(await find(index, 'مدرسه')).toEqual(['مَدْرَسَةٌ', 'إدارة المدرسة'])
  expect(await find(index, 'محمد 123')).toEqual(['محـــمد ١٢٣'])
  expect(await find(index, 'RICE cook')).toEqual(['Cooking rice'])
})

test('signs that mean something to the database mean nothing to a search', async () => {
  const index = await createWorld(['100% sure', 'a_b', 'plain'])
  expect(await find(index, '%')).toEqual(['100% sure'])
  expect(await find(index, '_')).toEqual(['a_b'])
  expect(await find(index, "'; DROP TABLE conversations; --")).toEqual([])
})

test('neither a colleague nor another organization sees or changes a conversation', async () => {
  const index = await createWorld(['mine'])
  for (const other of [
    { organizationId: 'org_b', userId: 'usr_a' },
    { organizationId: 'org_a', userId: 'usr_b' },
  ]) {
    await expect(index.getConversationOf({ owner: other, id: 'conv_0' })).rejects.toMatchObject({ code: 'not_found' })
    expect(await index.list({ owner: other, limit: 5 })).toEqual([])
    expect(await index.listAfter({ owner: other, after: '', limit: 5 })).toEqual([])
    await index.change({ owner: other, id: 'conv_0', title: 'theirs' })
    await index.remove({ owner: other, id: 'conv_0' })
  }
  expect((await index.getConversationOf({ owner, id: 'conv_0' })).title).toBe('mine')
})

test('a deleted conversation is gone for its owner at once', async () => {
  const index = await createWorld(['a'])
  await index.change({ owner, id: 'conv_0', deleted: true })
  await expect(index.getConversationOf({ owner, id: 'conv_0' })).rejects.toMatchObject({ code: 'not_found' })
  expect(await index.list({ owner, limit: 5 })).toEqual([])
  expect(await index.getConversationOf({ owner, id: 'conv_0', withDeleted: true })).toMatchObject({ deleted: true })
})

test('erasure without saying whose finds nothing', async () => {
  const index = await createWorld(['a', 'b'])
  expect(await index.listForErasure({ limit: 5 })).toEqual([])
  expect(await index.listForErasure({ userId: 'usr_a', limit: 1 })).toHaveLength(1)
  expect(await index.listForErasure({ organizationId: 'org_a', limit: 5 })).toHaveLength(2)
  expect(await index.listForErasure({ organizationId: 'org_b', userId: 'usr_a', limit: 5 })).toEqual([])
})
