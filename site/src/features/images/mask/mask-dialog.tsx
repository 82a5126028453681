import { useEffect, useRef, useState } from 'preact/hooks'
import { useResource } from '../../../api/use-resource.ts'
import { formatNumber } from '../../../i18n/format-number.ts'
import { Button } from '../../../ui/button.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { useLocale, useTranslate } from '../../../ui/locale-context.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { fileAddress, getItem } from '../../library/library-calls.ts'
import { FullDialog, isTyped } from '../full-dialog.tsx'
import { sizeOf } from '../state/aspect.ts'
import { fitted } from '../zoom/zoom.ts'
import type { Frame, Point, View } from '../zoom/zoom.ts'
import { placedBy, useZoom } from '../zoom/use-zoom.ts'
import { ZoomButtons } from '../zoom/zoom-buttons.tsx'
import { drawMask, drawStroke, exportMask } from './draw-mask.ts'
import { brushAfter, BRUSH_SIZES, emptyMask, redo, undo, visibleSteps, withStep } from './mask-history.ts'
import type { MaskHistory, Stroke } from './mask-history.ts'
import { PaintedShare } from './painted-share.tsx'
import './mask.css'

export interface MaskDialogProps {
  open: boolean
  itemId: string
  onMask: (png: string) => void
  onClose: () => void
}

/** Paints what may change. */
export default function MaskDialog({ open, itemId, onMask, onClose }: MaskDialogProps) {
  const t = useTranslate()
  const { data, problem, reload } = useResource(open ? `item-${itemId}` : null, (signal) => getItem(itemId, signal))
  const keys = useRef<((event: KeyboardEvent) => boolean) | null>(null)
  const known = data?.id === itemId ? sizeOf(data) : null
  return (
    <FullDialog
      open={open}
      title={t('images.mask-title')}
      class="images-mask"
      onClose={onClose}
      onKeyDown={(event) => {
        if (!isTyped(event) && keys.current?.(event)) event.preventDefault()
      }}
    >
      {known ? (
        <Painter
          itemId={itemId}
          picture={known}
          keys={keys}
          onDone={(png) => {
            onMask(png)
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

interface PainterProps {
  itemId: string
  picture: Frame
  keys: { current: ((event: KeyboardEvent) => boolean) | null }
  onDone: (png: string) => void
}

/** How far an arrow moves the brush, in pixels of the picture. */
const STRIDE = 16

function Painter({ itemId, picture, keys, onDone }: PainterProps) {
  const t = useTranslate()
  const locale = useLocale()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [view, setView] = useState<View>(fitted)
  const [history, setHistory] = useState<MaskHistory>(emptyMask)
  const [kind, setKind] = useState<Stroke['kind']>('brush')
  const [size, setSize] = useState(() => Math.max(24, Math.round(Math.min(picture.width, picture.height) / 12)))
  const [brush, setBrush] = useState<Point | null>(null)
  const stroke = useRef<{ id: number; step: Stroke } | null>(null)
  const zoom = useZoom({ picture, view, onView: setView, fingers: 2 })
  const pen = () => canvas.current?.getContext('2d', { willReadFrequently: true }) ?? null
  useEffect(() => {
    const context = pen()
    if (context) drawMask(context, visibleSteps(history))
  }, [history])

  const pixel = zoom.drawn.width / picture.width
  const pointOf = (event: PointerEvent): Point => {
    const box = canvas.current?.getBoundingClientRect()
    if (!box) return { x: 0, y: 0 }
    return {
      x: ((event.clientX - box.x) / box.width) * picture.width,
      y: ((event.clientY - box.y) / box.height) * picture.height,
    }
  }
  const giveUpStroke = () => {
    stroke.current = null
    const context = pen()
    if (context) drawMask(context, visibleSteps(history))
  }
  const onPointerDown = (event: PointerEvent) => {
    zoom.handlers.onPointerDown(event)
    // A second finger means to move the picture, not to paint.
    if (zoom.pinching()) return giveUpStroke()
    if (event.button !== 0) return
    const target = event.currentTarget as HTMLElement
    target.setPointerCapture(event.pointerId)
    stroke.current = { id: event.pointerId, step: { kind, size, points: [pointOf(event)] } }
    const context = pen()
    if (context) drawStroke(context, stroke.current.step)
  }
  const onPointerMove = (event: PointerEvent) => {
    zoom.handlers.onPointerMove(event)
    setBrush(pointOf(event))
    const now = stroke.current
    if (now?.id !== event.pointerId || zoom.pinching()) return
    const all = event.getCoalescedEvents?.() ?? []
    const points = (all.length > 0 ? all : [event]).map(pointOf)
    const last = now.step.points.at(-1)
    now.step = { ...now.step, points: [...now.step.points, ...points] }
    const context = pen()
    if (context && last) drawStroke(context, { ...now.step, points: [last, ...points] })
  }
  const onPointerUp = (event: PointerEvent) => {
    zoom.handlers.onPointerUp(event)
    const now = stroke.current
    if (now?.id !== event.pointerId) return
    stroke.current = null
    setHistory((before) => withStep(before, now.step))
  }
  keys.current = (event) => {
    const command = event.ctrlKey || event.metaKey
    const key = event.key.toLowerCase()
    if (command && key === 'z') setHistory(event.shiftKey ? redo : undo)
    else if (command && key === 'y') setHistory(redo)
    else if (command || event.altKey) return false
    else if (event.key === '[') setSize((now) => brushAfter(now, -1))
    else if (event.key === ']') setSize((now) => brushAfter(now, 1))
    else if (key === 'b') setKind('brush')
    else if (key === 'e') setKind('eraser')
    else if (key === 'i') setHistory((now) => withStep(now, { kind: 'invert' }))
    else return zoom.onKey(event)
    return true
  }
  /** The brush by keys: arrows move it, the space bar puts it down. */
  const onCanvasKey = (event: KeyboardEvent) => {
    const at = brush ?? { x: picture.width / 2, y: picture.height / 2 }
    const by = event.shiftKey ? STRIDE * 4 : STRIDE
    const moves: Record<string, Point> = {
      ArrowLeft: { x: at.x - by, y: at.y },
      ArrowRight: { x: at.x + by, y: at.y },
      ArrowUp: { x: at.x, y: at.y - by },
      ArrowDown: { x: at.x, y: at.y + by },
    }
    const next = moves[event.key]
    if (next) {
      setBrush({
        x: Math.max(0, Math.min(picture.width, next.x)),
        y: Math.max(0, Math.min(picture.height, next.y)),
      })
    } else if (event.key === ' ') setHistory((now) => withStep(now, { kind, size, points: [at] }))
    else return
    event.preventDefault()
  }
  const done = () => {
    if (canvas.current) onDone(exportMask(canvas.current))
  }
  const isEmpty = visibleSteps(history).length === 0
  const ring = brush && {
    inlineSize: `${size * pixel * view.scale}px`,
    blockSize: `${size * pixel * view.scale}px`,
    transform: `translate(-50%, -50%) translate(${view.x + (brush.x - picture.width / 2) * pixel * view.scale}px, ${view.y + (brush.y - picture.height / 2) * pixel * view.scale}px)`,
  }
  return (
    <>
      <p class="images-mask-text">{t('images.mask-text')}</p>
      <div class="images-mask-tools" role="toolbar" aria-label={t('images.mask-tools')}>
        <Segmented
          label={t('images.mask-tool')}
          value={kind}
          options={[
            { value: 'brush', label: t('images.mask-brush') },
            { value: 'eraser', label: t('images.mask-eraser') },
          ]}
          onChange={setKind}
        />
        <label class="images-mask-size">
          <span>{t('images.mask-size')}</span>
          <input
            type="range"
            min={BRUSH_SIZES.min}
            max={BRUSH_SIZES.max}
            value={size}
            onInput={(event) => setSize(Number(event.currentTarget.value))}
          />
          <span class="numeric">{formatNumber(locale, size)}</span>
        </label>
        <Button size="sm" iconOnly icon="undo" disabled={history.done.length === 0} onClick={() => setHistory(undo)}>
          {t('images.undo')}
        </Button>
        <Button size="sm" iconOnly icon="redo" disabled={history.undone.length === 0} onClick={() => setHistory(redo)}>
          {t('images.redo')}
        </Button>
        <Button size="sm" icon="invert" onClick={() => setHistory((now) => withStep(now, { kind: 'invert' }))}>
          {t('images.mask-invert')}
        </Button>
        <Button
          size="sm"
          icon="trash"
          disabled={isEmpty}
          onClick={() => setHistory((now) => withStep(now, { kind: 'clear' }))}
        >
          {t('images.mask-clear')}
        </Button>
        <ZoomButtons zoom={zoom} view={view} />
      </div>
      <div
        ref={zoom.frameRef}
        class="images-stage images-mask-stage"
        tabIndex={0}
        role="application"
        aria-label={t('images.mask-canvas')}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={onPointerUp}
        onPointerLeave={() => setBrush(null)}
        onKeyDown={onCanvasKey}
      >
        <img
          class="images-stage-picture is-there"
          src={fileAddress(itemId, { rendition: 'web' })}
          alt=""
          draggable={false}
          style={placedBy(zoom.drawn, view)}
        />
        <canvas
          ref={canvas}
          class="images-stage-picture images-mask-canvas"
          width={picture.width}
          height={picture.height}
          style={placedBy(zoom.drawn, view)}
        />
        {ring && <span class="images-ring" style={ring} />}
      </div>
      <footer class="images-mask-foot">
        <span class="muted small images-mask-keys">{t('images.mask-keys')}</span>
        <PaintedShare canvas={canvas} history={history} />
        <Button variant="primary" disabled={isEmpty} onClick={done}>
          {t('images.mask-done')}
        </Button>
      </footer>
    </>
  )
}
