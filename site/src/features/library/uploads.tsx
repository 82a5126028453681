import { useEffect, useRef, useState } from 'preact/hooks'
import type { LibraryItem } from '#shared/contracts/library'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useLocale, useTranslate } from '../../ui/locale-context.tsx'
import { Meter } from '../../ui/meter.tsx'
import { problemSentence } from '../../ui/problem-sentence.ts'
import { uploadFile } from './upload-file.ts'
import { createUploadQueue } from './upload-queue.ts'
import type { Upload, UploadQueue } from './upload-queue.ts'

/** Kinds that the platform looks into; by their content, whatever a file is called. */
export const acceptedTypes = 'image/png,image/jpeg,image/webp'
const AT_ONCE = 2
/** What went well needs no answer; what did not stays until it was read. */
const DONE_SHOWN_MS = 5_000

export interface Uploads {
  list: readonly Upload[]
  queue: UploadQueue
}

export function useUploads(onDone: (item: LibraryItem) => void): Uploads {
  const [list, setList] = useState<readonly Upload[]>([])
  const latest = useRef(onDone)
  latest.current = onDone
  const [queue] = useState(() =>
    createUploadQueue({
      send: uploadFile,
      onChange: setList,
      onDone: (item) => latest.current(item),
      atOnce: AT_ONCE,
    }),
  )
  return { list, queue }
}

export function UploadList({ list, queue }: Uploads) {
  const t = useTranslate()
  const done = list.filter(({ state }) => state === 'done').length
  const running = list.some(({ state }) => state === 'waiting' || state === 'sending')
  const isDone = list.length > 0 && done === list.length
  useEffect(() => {
    if (!isDone) return
    const timer = setTimeout(queue.clear, DONE_SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isDone])
  if (list.length === 0) return null
  return (
    <section class="card library-uploads" aria-label={t('library.uploads')}>
      <header class="spread">
        <p role="status">{t('library.uploaded', { count: done, all: list.length })}</p>
        {!running && (
          <Button size="sm" variant="ghost" icon="close" onClick={queue.clear}>
            {t('ui.dismiss')}
          </Button>
        )}
      </header>
      <ul role="list">
        {list.map((upload) => (
          <UploadRow key={upload.id} upload={upload} queue={queue} />
        ))}
      </ul>
    </section>
  )
}

function UploadRow({ upload, queue }: { upload: Upload; queue: UploadQueue }) {
  const t = useTranslate()
  const locale = useLocale()
  const { id, name, state, share, problem } = upload
  return (
    <li class="library-upload">
      <span class="library-upload-name">
        <bdi>{name}</bdi>
      </span>
      {state === 'done' && (
        <span class="library-upload-done">
          <Icon name="check" size={16} /> {t('library.upload-done')}
        </span>
      )}
      {(state === 'sending' || state === 'waiting') && (
        <span class="library-upload-share">
          <Meter
            value={share * 0.99}
            limit={1}
            label={t(share >= 1 ? 'library.upload-checking' : 'library.upload-sending')}
          />
        </span>
      )}
      {state === 'failed' && problem && (
        <span class="library-upload-problem" role="alert">
          {problemSentence(locale, problem)}
        </span>
      )}
      <span class="cluster">
        {state === 'failed' && (
          <Button size="sm" variant="ghost" iconOnly icon="refresh" onClick={() => queue.retry(id)}>
            {t('library.upload-retry', { name })}
          </Button>
        )}
        {state !== 'done' && (
          <Button size="sm" variant="ghost" iconOnly icon="close" onClick={() => queue.dismiss(id)}>
            {t('library.upload-dismiss', { name })}
          </Button>
        )}
      </span>
    </li>
  )
}

/** The button; dropping and pasting do the same anywhere on the page. */
export function UploadButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const t = useTranslate()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button variant="primary" icon="upload" onClick={() => input.current?.click()}>
        {t('library.upload')}
      </Button>
      <input
        ref={input}
        type="file"
        class="library-file-input"
        multiple
        accept={acceptedTypes}
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input:not([type=checkbox]), textarea, [contenteditable]') !== null

const filesOf = (transfer: DataTransfer | null): File[] => [...(transfer?.files ?? [])]

/** Files that are dragged onto the page or pasted into it. Says whether some hang above it. */
export function useDroppedFiles(onFiles: (files: File[]) => void): boolean {
  const [above, setAbove] = useState(false)
  const latest = useRef(onFiles)
  latest.current = onFiles
  useEffect(() => {
    let depth = 0
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const enter = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      depth += 1
      setAbove(true)
    }
    const leave = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      depth = Math.max(0, depth - 1)
      if (depth === 0) setAbove(false)
    }
    const over = (event: DragEvent) => {
      if (carriesFiles(event)) event.preventDefault()
    }
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      depth = 0
      setAbove(false)
      latest.current(filesOf(event.dataTransfer))
    }
    const paste = (event: ClipboardEvent) => {
      const files = filesOf(event.clipboardData)
      if (files.length > 0 && !isTyping(event.target)) latest.current(files)
    }
    const stop = new AbortController()
    const options = { signal: stop.signal }
    window.addEventListener('dragenter', enter, options)
    window.addEventListener('dragleave', leave, options)
    window.addEventListener('dragover', over, options)
    window.addEventListener('drop', drop, options)
    document.addEventListener('paste', paste, options)
    return () => stop.abort()
  }, [])
  return above
}
