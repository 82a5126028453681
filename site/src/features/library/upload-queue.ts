// Files on their way into the library: a few at a time, each with its progress or its own reason why not.
import type { LibraryItem } from '#shared/contracts/library'
import { isAbort, toApiProblem } from '../../api/api-problem.ts'
import type { ApiProblem } from '../../api/api-problem.ts'
import type { UploadWish } from './upload-file.ts'

export interface Upload {
  id: number
  name: string
  state: 'waiting' | 'sending' | 'done' | 'failed'
  /** Of its bytes, from 0 to 1. At 1 the platform is still looking at it. */
  share: number
  problem: ApiProblem | null
}

interface QueueDeps {
  send: (wish: UploadWish) => Promise<LibraryItem>
  onChange: (uploads: readonly Upload[]) => void
  onDone: (item: LibraryItem) => void
  /** As many at the same time. */
  atOnce: number
}

export type UploadQueue = ReturnType<typeof createUploadQueue>

export function createUploadQueue({ send, onChange, onDone, atOnce }: QueueDeps) {
  let uploads: Upload[] = []
  let count = 0
  const jobs = new Map<number, { file: File; collectionId: string | null; controller: AbortController }>()

  const show = (next: Upload[]): void => {
    uploads = next
    onChange(uploads)
  }
  const change = (id: number, part: Partial<Upload>): void =>
    show(uploads.map((upload) => (upload.id === id ? { ...upload, ...part } : upload)))

  function pump(): void {
    const free = atOnce - uploads.filter(({ state }) => state === 'sending').length
    for (const { id } of uploads.filter(({ state }) => state === 'waiting').slice(0, Math.max(0, free))) void run(id)
  }

  async function run(id: number): Promise<void> {
    const job = jobs.get(id)
    if (!job) return
    change(id, { state: 'sending', share: 0, problem: null })
    try {
      const { file, collectionId, controller } = job
      const onProgress = (share: number) => change(id, { share })
      const item = await send({ file, collectionId, onProgress, signal: controller.signal })
      jobs.delete(id)
      change(id, { state: 'done', share: 1 })
      onDone(item)
    } catch (error) {
      if (!isAbort(error)) change(id, { state: 'failed', problem: toApiProblem(error) })
    }
    pump()
  }

  return {
    add(files: readonly File[], collectionId: string | null): void {
      const added = files.map((file) => {
        count += 1
        jobs.set(count, { file, collectionId, controller: new AbortController() })
        return { id: count, name: file.name, state: 'waiting' as const, share: 0, problem: null }
      })
      show([...uploads.filter(({ state }) => state !== 'done'), ...added])
      pump()
    },
    retry(id: number): void {
      change(id, { state: 'waiting' })
      pump()
    },
    /** Stopped where it is on its way, and no longer shown. */
    dismiss(id: number): void {
      jobs.get(id)?.controller.abort()
      jobs.delete(id)
      show(uploads.filter((upload) => upload.id !== id))
      pump()
    },
    clear(): void {
      show(uploads.filter(({ state }) => state === 'waiting' || state === 'sending'))
    },
  }
}
