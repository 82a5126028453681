import { expect, test } from 'vitest'
import { ApiProblem } from '../../api/api-problem.ts'
import { itemNamed } from './item.fake.ts'
import { createUploadQueue } from './upload-queue.ts'
import type { Upload } from './upload-queue.ts'
import type { UploadWish } from './upload-file.ts'

function world() {
  const sent: { wish: UploadWish; resolve: () => void; reject: (error: unknown) => void }[] = []
  const kept: string[] = []
  let shown: readonly Upload[] = []
  const queue = createUploadQueue({
    atOnce: 2,
    send: (wish) =>
      new Promise((resolve, reject) => {
        sent.push({ wish, resolve: () => resolve(itemNamed(wish.file.name)), reject })
      }),
    onChange: (uploads) => void (shown = uploads),
    onDone: (item) => kept.push(item.id),
  })
  const states = () => shown.map(({ name, state }) => `${name} ${state}`)
  return { queue, sent, kept, states, shown: () => shown }
}

const files = (...names: string[]) => names.map((name) => new File(['x'], name))
const rest = async () => {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
}
const unsupported = new ApiProblem({ code: 'image_unsupported', status: 400, message: '', requestId: null })

test('two go at a time, and the next follows as soon as one is there', async () => {
  const { queue, sent, kept, states } = world()
  queue.add(files('a', 'b', 'c'), null)
  expect(states()).toEqual(['a sending', 'b sending', 'c waiting'])
  sent[0]?.resolve()
  await rest()
  expect(kept).toEqual(['a'])
  expect(states()).toEqual(['a done', 'b sending', 'c sending'])
})

test('a file that is refused says why, and the others go on', async () => {
  const { queue, sent, states, shown } = world()
  queue.add(files('a.svg', 'b.png'), 'col_1')
  sent[0]?.reject(unsupported)
  sent[1]?.resolve()
  await rest()
  expect(states()).toEqual(['a.svg failed', 'b.png done'])
  expect(shown()[0]?.problem?.code).toBe('image_unsupported')
  expect(sent[1]?.wish.collectionId).toBe('col_1')
})

test('what failed can be tried again', async () => {
  const { queue, sent, kept, shown } = world()
  queue.add(files('a'), null)
  sent[0]?.reject(new ApiProblem({ code: 'network', status: 0, message: '', requestId: null }))
  await rest()
  queue.retry(shown()[0]!.id)
  sent[1]?.resolve()
  await rest()
  expect(kept).toEqual(['a'])
})

test('what is dismissed on its way is stopped', async () => {
  const { queue, sent, states, shown } = world()
  queue.add(files('a', 'b', 'c'), null)
  queue.dismiss(shown()[0]!.id)
  expect(sent[0]?.wish.signal.aborted).toBe(true)
  sent[0]?.reject(new DOMException('', 'AbortError'))
  await rest()
  expect(states()).toEqual(['b sending', 'c sending'])
})

test('progress is shown per file', () => {
  const { queue, sent, shown } = world()
  queue.add(files('a', 'b'), null)
  sent[1]?.wish.onProgress(0.5)
  expect(shown().map(({ share }) => share)).toEqual([0, 0.5])
})

test('what is done leaves the list when more is added, or when it is put away', async () => {
  const { queue, sent, states } = world()
  queue.add(files('a'), null)
  sent[0]?.resolve()
  await rest()
  queue.add(files('b'), null)
  expect(states()).toEqual(['b sending'])
  sent[1]?.reject(unsupported)
  await rest()
  queue.clear()
  expect(states()).toEqual([])
})
