import { useRef, useState } from 'preact/hooks'
import { useResource } from '../../../api/use-resource.ts'
import { formatNumber } from '../../../i18n/format-number.ts'
import { parseNumber } from '../../../i18n/parse-number.ts'
import { Button } from '../../../ui/button.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { Field } from '../../../ui/field.tsx'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { fileAddress, getItem } from '../../library/library-calls.ts'
import { FullDialog } from '../full-dialog.tsx'
import { shownSize, sizeOf } from '../state/aspect.ts'
import { noExtension } from '../state/draft.ts'
import type { Extension } from '../state/draft.ts'
import type { Frame } from '../zoom/zoom.ts'
import { edgeName, edges, extensionFor, grownSize, keyStep, pulled, withEdge } from './extension.ts'
import type { Edge } from './extension.ts'
import './extend.css'

export interface ExtendDialogProps {
  open: boolean
  itemId: string
  extension: Extension
  onExtension: (extension: Extension) => void
  onClose: () => void
}

/** Pulls the edges of a picture outwards: what is new is made up. */
export default function ExtendDialog({ open, itemId, extension, onExtension, onClose }: ExtendDialogProps) {
  const t = useTranslate()
  const { data, problem, reload } = useResource(open ? `item-${itemId}` : null, (signal) => getItem(itemId, signal))
  const known = data?.id === itemId ? sizeOf(data) : null
  return (
    <FullDialog open={open} title={t('images.extend-title')} class="images-extend" onClose={onClose}>
      {known ? (
        <Extender
          itemId={itemId}
          picture={known}
          start={extension}
          onDone={(chosen) => {
            onExtension(chosen)
            onClose()
          }}
        />
      ) : problem ? (
        <ErrorState problem={problem} onRetry={reload} />
      ) : (
        <Skeleton lines={8} />
      )}
    </FullDialog>
  )
}

const shapes = [
  ['1:1', 1],
  ['4:3', 4 / 3],
  ['3:2', 3 / 2],
  ['16:9', 16 / 9],
  ['3:4', 3 / 4],
  ['9:16', 9 / 16],
] as const

/** How much room there is on the screen for the picture with all its growth. */
const ROOM = { across: 0.82, down: 0.5 }

interface ExtenderProps {
  itemId: string
  picture: Frame
  start: Extension
  onDone: (extension: Extension) => void
}

function Extender({ itemId, picture, start, onDone }: ExtenderProps) {
  const t = useTranslate()
  const locale = useLocale()
  const [extension, setExtension] = useState(start)
  const pulling = useRef<{ edge: Edge; x: number; y: number; from: number; share: number } | null>(null)
  const grown = grownSize(picture, extension)
  const fit = Math.min(
    (Math.min(window.innerWidth, 1100) * ROOM.across) / grown.width,
    (window.innerHeight * ROOM.down) / grown.height,
  )
  // While an edge is pulled, the drawing keeps its measure, or it would run away from the pointer.
  const share = pulling.current?.share ?? fit
  const px = (pixels: number) => `${pixels * share}px`

  const onPointerDown = (edge: Edge) => (event: PointerEvent) => {
    ;(event.currentTarget as HTMLElement).setPointerCapture(event.pointerId)
    pulling.current = { edge, x: event.clientX, y: event.clientY, from: extension[edge], share: fit }
  }
  const onPointerMove = (event: PointerEvent) => {
    const now = pulling.current
    if (!now) return
    const by = pulled(now.edge, {
      dx: event.clientX - now.x,
      dy: event.clientY - now.y,
      share: now.share,
    })
    setExtension((before) => withEdge(before, now.edge, now.from + by))
  }
  const onPointerUp = () => {
    pulling.current = null
    setExtension((now) => ({ ...now }))
  }
  const onKeyDown = (edge: Edge) => (event: KeyboardEvent) => {
    const step = keyStep(edge, { key: event.key, large: event.shiftKey })
    if (step === null) return
    event.preventDefault()
    setExtension((now) => withEdge(now, edge, now[edge] + step))
  }
  const type = (edge: Edge, text: string) => {
    const pixels = text.trim() === '' ? 0 : parseNumber(text)
    if (pixels !== null) setExtension((now) => ({ ...now, [edge]: Math.max(0, Math.min(4_096, Math.round(pixels))) }))
  }
  return (
    <>
      <p class="images-mask-text">{t('images.extend-text')}</p>
      <div class="images-extend-stage">
        <div class="images-extend-frame" dir="ltr" style={{ inlineSize: px(grown.width), blockSize: px(grown.height) }}>
          <img
            src={fileAddress(itemId, { rendition: 'web' })}
            alt=""
            draggable={false}
            style={{
              insetInlineStart: px(extension.left),
              insetBlockStart: px(extension.top),
              inlineSize: px(picture.width),
              blockSize: px(picture.height),
            }}
          />
          {edges.map((edge) => (
            <div
              key={edge}
              role="slider"
              tabIndex={0}
              class={`images-handle images-handle-${edge}`}
              aria-label={t(edgeName(edge))}
              aria-valuemin={0}
              aria-valuemax={4096}
              aria-valuenow={extension[edge]}
              aria-orientation={edge === 'top' || edge === 'bottom' ? 'vertical' : 'horizontal'}
              onPointerDown={onPointerDown(edge)}
              onPointerMove={onPointerMove}
              onPointerUp={onPointerUp}
              onPointerCancel={onPointerUp}
              onKeyDown={onKeyDown(edge)}
            />
          ))}
        </div>
      </div>
      <div class="images-extend-fields">
        {edges.map((edge) => (
          <Field
            key={edge}
            label={t(edgeName(edge))}
            value={String(extension[edge])}
            latin
            inputMode="numeric"
            onInput={(text) => type(edge, text)}
          />
        ))}
      </div>
      <div class="images-extend-shapes" role="group" aria-label={t('images.extend-shapes')}>
        {shapes.map(([name, ratio]) => (
          <Button key={name} size="sm" onClick={() => setExtension(extensionFor(picture, ratio))}>
            {name}
          </Button>
        ))}
        <Button size="sm" variant="ghost" icon="undo" onClick={() => setExtension(noExtension)}>
          {t('images.extend-reset')}
        </Button>
      </div>
      <footer class="images-mask-foot">
        <span class="small" role="status">
          {t('images.extend-result')}{' '}
          <bdi dir="ltr" class="numeric">
            {shownSize(grown)}
          </bdi>{' '}
          <span class="muted">
            {t('images.extend-from', {
              size: `${formatNumber(locale, picture.width, { useGrouping: false })}×${picture.height}`,
            })}
          </span>
        </span>
        <Button
          variant="primary"
          disabled={Object.values(extension).every((side) => side === 0)}
          onClick={() => onDone(extension)}
        >
          {t('images.extend-done')}
        </Button>
      </footer>
    </>
  )
}
