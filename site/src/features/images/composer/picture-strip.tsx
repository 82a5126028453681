import { useRef } from 'preact/hooks'
import { Button } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'
import { problemSentence } from '../../../ui/problem-sentence.ts'
import { fileAddress } from '../../library/library-calls.ts'
import type { DraftPicture } from '../state/draft.ts'
import { ACCEPTED } from './dropped-pictures.ts'
import type { Upload, Uploads } from './use-uploads.ts'

export interface PictureStripProps {
  pictures: readonly DraftPicture[]
  uploads: Uploads
  onRemove: (id: string) => void
  /** It becomes the first: the one that is changed. The others are looked at. */
  onFirst: (id: string) => void
}

/** The pictures that are worked from: the first is changed, the others are references. */
export function PictureStrip({ pictures, uploads, onRemove, onFirst }: PictureStripProps) {
  const t = useTranslate()
  if (pictures.length === 0 && uploads.list.length === 0) return null
  return (
    <ul class="images-strip" role="list" aria-label={t('images.pictures')}>
      {pictures.map(({ id }, index) => (
        <li key={id} class={index === 0 ? 'images-strip-item is-first' : 'images-strip-item'}>
          <button
            type="button"
            class="images-strip-picture"
            disabled={index === 0}
            title={index === 0 ? undefined : t('images.picture-make-first')}
            onClick={() => onFirst(id)}
          >
            <img
              src={fileAddress(id, { rendition: 'thumbnail' })}
              alt={t(index === 0 ? 'images.picture-base' : 'images.picture-reference', { number: index + 1 })}
            />
          </button>
          {pictures.length > 1 && (
            <span class="images-strip-name" aria-hidden="true">
              {t(index === 0 ? 'images.base' : 'images.reference')}
            </span>
          )}
          <Button class="images-strip-remove" size="sm" iconOnly icon="close" onClick={() => onRemove(id)}>
            {t('images.picture-remove', { number: index + 1 })}
          </Button>
        </li>
      ))}
      {uploads.list.map((upload) => (
        <UploadItem key={upload.key} upload={upload} onDrop={() => uploads.drop(upload.key)} />
      ))}
    </ul>
  )
}

function UploadItem({ upload, onDrop }: { upload: Upload; onDrop: () => void }) {
  const t = useTranslate()
  const locale = useLocale()
  const { problem } = upload
  return (
    <li class={problem ? 'images-strip-item is-failed' : 'images-strip-item'} role={problem ? 'alert' : undefined}>
      <span class="images-strip-picture">
        <img src={upload.preview} alt={upload.name} />
        {problem ? (
          <span class="images-strip-fault">
            <Icon name="alert" size={18} />
          </span>
        ) : (
          <progress
            class="images-strip-progress"
            max={1}
            value={upload.share}
            aria-label={t('images.uploading', { name: upload.name })}
          />
        )}
      </span>
      {problem && <span class="images-strip-sentence">{problemSentence(locale, problem)}</span>}
      <Button class="images-strip-remove" size="sm" iconOnly icon="close" onClick={onDrop}>
        {t(problem ? 'ui.dismiss' : 'images.upload-stop', { name: upload.name })}
      </Button>
    </li>
  )
}

/** Chooses files the usual way. */
export function AttachButton({ onFiles, lack }: { onFiles: (files: File[]) => void; lack: string | null }) {
  const t = useTranslate()
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button
        variant="ghost"
        size="sm"
        iconOnly
        icon="add-image"
        disabled={lack !== null}
        title={lack ?? t('images.attach')}
        onClick={() => input.current?.click()}
      >
        {lack ?? t('images.attach')}
      </Button>
      <input
        ref={input}
        type="file"
        accept={ACCEPTED}
        multiple
        hidden
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}
