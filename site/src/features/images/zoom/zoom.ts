// A picture in a frame: how large it is drawn, and which part of it is in sight.
export interface Point {
  x: number
  y: number
}

/** `scale` 1 fits the picture into its frame; `x` and `y` move its middle from the middle of the frame, in pixels. */
export interface View extends Point {
  scale: number
}

export interface Frame {
  width: number
  height: number
}

export const fitted: View = { scale: 1, x: 0, y: 0 }
export const MAX_SCALE = 8

/** How large a picture is drawn at scale 1. */
export function fitInto(picture: Frame, frame: Frame): Frame {
  const share = Math.min(frame.width / picture.width, frame.height / picture.height)
  return { width: picture.width * share, height: picture.height * share }
}

const within = (value: number, most: number): number => (most <= 0 ? 0 : Math.max(-most, Math.min(most, value)))

/** Never smaller than its frame, and never pushed out of it. */
export function settle(view: View, { drawn, frame }: { drawn: Frame; frame: Frame }): View {
  const scale = Math.max(1, Math.min(MAX_SCALE, view.scale))
  return {
    scale,
    x: within(view.x, (drawn.width * scale - frame.width) / 2),
    y: within(view.y, (drawn.height * scale - frame.height) / 2),
  }
}

/** Larger or smaller around a point, which stays where it is. The point is measured from the middle of the frame. */
export function zoomAt(view: View, { point, factor }: { point: Point; factor: number }): View {
  const scale = Math.max(1, Math.min(MAX_SCALE, view.scale * factor))
  const by = scale / view.scale
  return { scale, x: point.x - (point.x - view.x) * by, y: point.y - (point.y - view.y) * by }
}
