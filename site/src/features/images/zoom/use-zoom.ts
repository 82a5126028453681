import { useEffect, useRef, useState } from 'preact/hooks'
import { fitInto, fitted, settle, zoomAt } from './zoom.ts'
import type { Frame, Point, View } from './zoom.ts'

export interface ZoomInput {
  picture: Frame
  view: View
  onView: (view: View) => void
  /** With how many fingers it is moved: two where one of them paints. */
  fingers?: 1 | 2
}

export interface Zoom {
  frameRef: (element: HTMLElement | null) => void
  frame: Frame
  /** At scale 1. */
  drawn: Frame
  handlers: {
    onPointerDown: (event: PointerEvent) => void
    onPointerMove: (event: PointerEvent) => void
    onPointerUp: (event: PointerEvent) => void
    onPointerCancel: (event: PointerEvent) => void
  }
  /** Whether two fingers move the picture now. */
  pinching: () => boolean
  by: (factor: number) => void
  move: (dx: number, dy: number) => void
  reset: () => void
  /** True where the key was about zooming. */
  onKey: (event: KeyboardEvent) => boolean
}

const STEP = 1.4

/** Wheel, pinch, drag and keys for a picture in a frame. The view itself belongs to whoever asks, who may share it. */
export function useZoom({ picture, view, onView, fingers = 1 }: ZoomInput): Zoom {
  const [element, setElement] = useState<HTMLElement | null>(null)
  const [frame, setFrame] = useState<Frame>({ width: 1, height: 1 })
  const drawn = fitInto(picture, frame)
  const latest = useRef({ view, onView, drawn, frame })
  latest.current = { view, onView, drawn, frame }
  const pointers = useRef(new Map<number, Point>())

  const show = (next: View) => {
    const now = latest.current
    const settled = settle(next, now)
    now.view = settled
    now.onView(settled)
  }
  const fromMiddle = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
    const box = element?.getBoundingClientRect()
    return box ? { x: clientX - box.x - box.width / 2, y: clientY - box.y - box.height / 2 } : { x: 0, y: 0 }
  }
  useEffect(() => {
    if (!element) return
    const measure = () =>
      setFrame({ width: Math.max(1, element.clientWidth), height: Math.max(1, element.clientHeight) })
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    const onWheel = (event: WheelEvent) => {
      event.preventDefault()
      show(zoomAt(latest.current.view, { point: fromMiddle(event), factor: Math.exp(-event.deltaY * 0.0018) }))
    }
    // Only such a listener may keep the page from scrolling.
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => {
      observer.disconnect()
      element.removeEventListener('wheel', onWheel)
    }
  }, [element])
  // Another window, another picture: what is shown must still lie within.
  useEffect(() => show(latest.current.view), [frame.width, frame.height, picture.width, picture.height])

  const middle = (points: Point[]): Point => ({
    x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
    y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
  })
  const spread = ([a, b]: Point[]): number => (a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 1)

  const onPointerDown = (event: PointerEvent) => {
    if (event.button > 1) return
    pointers.current.set(event.pointerId, fromMiddle(event))
    if (fingers === 1) (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId)
  }
  const onPointerMove = (event: PointerEvent) => {
    if (!pointers.current.has(event.pointerId)) return
    const before = [...pointers.current.values()]
    pointers.current.set(event.pointerId, fromMiddle(event))
    const after = [...pointers.current.values()]
    if (after.length < fingers) return
    const from = middle(before)
    const to = middle(after)
    const factor = after.length > 1 ? spread(after) / spread(before) : 1
    const zoomed = zoomAt(latest.current.view, { point: from, factor })
    show({ ...zoomed, x: zoomed.x + to.x - from.x, y: zoomed.y + to.y - from.y })
  }
  const onPointerUp = (event: PointerEvent) => void pointers.current.delete(event.pointerId)
  const by = (factor: number) => show(zoomAt(latest.current.view, { point: { x: 0, y: 0 }, factor }))
  const move = (dx: number, dy: number) =>
    show({ ...latest.current.view, x: latest.current.view.x + dx, y: latest.current.view.y + dy })
  const reset = () => show(fitted)
  const onKey = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean => {
    if (ctrlKey || metaKey || altKey) return false
    if (key === '+' || key === '=') by(STEP)
    else if (key === '-') by(1 / STEP)
    else if (key === '0') reset()
    else return false
    return true
  }
  return {
    frameRef: setElement,
    frame,
    drawn,
    handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp },
    pinching: () => pointers.current.size > 1,
    by,
    move,
    reset,
    onKey,
  }
}

/** How a picture is laid over its frame. */
export const placedBy = (drawn: Frame, view: View) => ({
  inlineSize: `${drawn.width}px`,
  blockSize: `${drawn.height}px`,
  transform: `translate(-50%, -50%) translate(${view.x}px, ${view.y}px) scale(${view.scale})`,
})
