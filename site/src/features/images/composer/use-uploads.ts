import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { LibraryItem } from '#shared/contracts/library'
import { isAbort, toApiProblem } from '../../../api/api-problem.ts'
import type { ApiProblem } from '../../../api/api-problem.ts'
import { uploadFile } from '../../library/upload-file.ts'

export interface Upload {
  key: string
  name: string
  /** What is sent, to be looked at meanwhile. */
  preview: string
  share: number
  problem: ApiProblem | null
}

export interface Uploads {
  list: readonly Upload[]
  /** Something is still on its way. */
  running: boolean
  add: (files: readonly File[]) => void
  /** Gives it up, or takes away what failed. */
  drop: (key: string) => void
}

export function useUploads(onDone: (item: LibraryItem) => void): Uploads {
  const [list, setList] = useState<readonly Upload[]>([])
  const latest = useRef(onDone)
  latest.current = onDone
  const sending = useRef(new Map<string, () => void>())
  useEffect(() => () => sending.current.forEach((abort) => abort()), [])

  const drop = useCallback((key: string) => {
    sending.current.get(key)?.()
    sending.current.delete(key)
    setList((now) => {
      const gone = now.find((upload) => upload.key === key)
      if (gone) URL.revokeObjectURL(gone.preview)
      return now.filter((upload) => upload.key !== key)
    })
  }, [])
  const add = useCallback((files: readonly File[]) => {
    for (const file of files) {
      const key = crypto.randomUUID()
      const change = (part: Partial<Upload>) =>
        setList((now) => now.map((upload) => (upload.key === key ? { ...upload, ...part } : upload)))
      const preview = URL.createObjectURL(file)
      setList((now) => [...now, { key, name: file.name, preview, share: 0, problem: null }])
      const controller = new AbortController()
      sending.current.set(key, () => controller.abort())
      uploadFile({
        file,
        collectionId: null,
        onProgress: (share) => change({ share }),
        signal: controller.signal,
      }).then(
        (item) => {
          drop(key)
          latest.current(item)
        },
        (error: unknown) => {
          sending.current.delete(key)
          if (!isAbort(error)) change({ problem: toApiProblem(error) })
        },
      )
    }
  }, [])
  return { list, running: list.some(({ problem }) => problem === null), add, drop }
}
