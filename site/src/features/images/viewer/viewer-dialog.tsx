import { useEffect, useRef, useState } from 'preact/hooks'
import type { LibraryItem } from '#shared/contracts/library'
import { Button } from '../../../ui/button.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { useTranslate } from '../../../ui/locale-context.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { useResource } from '../../../api/use-resource.ts'
import { fileAddress, getItem } from '../../library/library-calls.ts'
import { placeholderOf } from '../../library/thumbhash.ts'
import { FullDialog, isRtl, isTyped } from '../full-dialog.tsx'
import { sizeOf, square } from '../state/aspect.ts'
import { fitted } from '../zoom/zoom.ts'
import type { View } from '../zoom/zoom.ts'
import { placedBy, useZoom } from '../zoom/use-zoom.ts'
import { ZoomButtons } from '../zoom/zoom-buttons.tsx'
import { ViewerPanel } from './viewer-panel.tsx'
import type { ViewerActions } from './viewer-panel.tsx'

export interface ViewerDialogProps {
  open: boolean
  /** All that can be looked at, in the order of the page. */
  ids: readonly string[]
  id: string
  known: LibraryItem | null
  modelName: (id: string) => string
  actions: ViewerActions
  onShow: (id: string) => void
  onClose: () => void
}

/** A picture as large as the screen, and all that is known of it. */
export default function ViewerDialog(props: ViewerDialogProps) {
  const t = useTranslate()
  const { open, ids, id, known, onShow, onClose } = props
  // What the gallery does not know, such as an old picture by its address, is asked for.
  const asked = useResource(open && !known ? `item-${id}` : null, (signal) => getItem(id, signal))
  const item = known ?? (asked.data?.id === id ? asked.data : null)
  const keys = useRef<((event: KeyboardEvent) => boolean) | null>(null)
  const at = ids.indexOf(id)
  const step = (by: 1 | -1) => {
    const next = ids[at + by]
    if (next) onShow(next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (isTyped(event) || event.defaultPrevented) return
    if (keys.current?.(event)) return event.preventDefault()
    const forward = isRtl() ? 'ArrowLeft' : 'ArrowRight'
    const backward = isRtl() ? 'ArrowRight' : 'ArrowLeft'
    // A menu walks with the other arrows; these two are free everywhere.
    if (event.key === forward) step(1)
    else if (event.key === backward) step(-1)
    else return
    event.preventDefault()
  }
  return (
    <FullDialog
      open={open}
      title={item?.title || t('images.picture')}
      class="images-viewer"
      onClose={onClose}
      onKeyDown={onKeyDown}
      tools={
        <span class="images-viewer-steps">
          <Button iconOnly variant="ghost" icon="chevron-backward" disabled={at <= 0} onClick={() => step(-1)}>
            {t('images.newer')}
          </Button>
          <Button
            iconOnly
            variant="ghost"
            icon="chevron-forward"
            disabled={at < 0 || at >= ids.length - 1}
            onClick={() => step(1)}
          >
            {t('images.older')}
          </Button>
        </span>
      }
    >
      {item ? (
        <div class="images-viewer-body">
          <Stage key={item.id} item={item} keys={keys} />
          <ViewerPanel key={`panel-${item.id}`} item={item} modelName={props.modelName} actions={props.actions} />
        </div>
      ) : asked.problem ? (
        <ErrorState problem={asked.problem} onRetry={asked.reload} />
      ) : (
        <Skeleton lines={8} />
      )}
    </FullDialog>
  )
}

interface StageProps {
  item: LibraryItem
  keys: { current: ((event: KeyboardEvent) => boolean) | null }
}

const PAN = 80

function Stage({ item, keys }: StageProps) {
  const [view, setView] = useState<View>(fitted)
  const [there, setThere] = useState(false)
  const picture = sizeOf(item) ?? square
  const zoom = useZoom({ picture, view, onView: setView })
  const placeholder = placeholderOf(item.thumbhash)
  keys.current = (event) => {
    if (zoom.onKey(event)) return true
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [PAN, 0],
      ArrowRight: [-PAN, 0],
      ArrowUp: [0, PAN],
      ArrowDown: [0, -PAN],
    }
    const move = view.scale > 1 ? moves[event.key] : undefined
    if (move) zoom.move(...move)
    return move !== undefined
  }
  useEffect(() => () => void (keys.current = null), [])
  return (
    <div class="images-stage-box">
      <div
        ref={zoom.frameRef}
        class={view.scale > 1 ? 'images-stage is-zoomed' : 'images-stage'}
        {...zoom.handlers}
        onDblClick={() => (view.scale > 1 ? zoom.reset() : zoom.by(2.5))}
      >
        <img
          class={there ? 'images-stage-picture is-there' : 'images-stage-picture'}
          src={fileAddress(item.id, { rendition: view.scale > 1.5 ? 'original' : 'web' })}
          alt={item.provenance?.prompt || item.title}
          draggable={false}
          onLoad={() => setThere(true)}
          style={{
            ...placedBy(zoom.drawn, view),
            ...(placeholder && !there && { backgroundImage: `url("${placeholder}")` }),
          }}
        />
      </div>
      <ZoomButtons zoom={zoom} view={view} />
    </div>
  )
}
