// What was painted, on a canvas as large as the picture.
import type { Step, Stroke } from './mask-history.ts'
import { toMaskPixels } from './mask-pixels.ts'

type Pen = CanvasRenderingContext2D

/** The colour is only for the eye; what counts is where it is. */
const PAINT = '#0e5f59'

export function drawStroke(pen: Pen, { kind, size, points }: Stroke): void {
  const [first, ...rest] = points
  if (!first) return
  pen.globalCompositeOperation = kind === 'eraser' ? 'destination-out' : 'source-over'
  pen.strokeStyle = PAINT
  pen.fillStyle = PAINT
  pen.lineWidth = size
  pen.lineCap = 'round'
  pen.lineJoin = 'round'
  pen.beginPath()
  if (rest.length === 0) {
    pen.arc(first.x, first.y, size / 2, 0, Math.PI * 2)
    pen.fill()
    return
  }
  pen.moveTo(first.x, first.y)
  for (const point of rest) pen.lineTo(point.x, point.y)
  pen.stroke()
}

export function drawMask(pen: Pen, steps: readonly Step[]): void {
  const { width, height } = pen.canvas
  pen.clearRect(0, 0, width, height)
  for (const step of steps) {
    if (step.kind === 'invert') {
      pen.globalCompositeOperation = 'xor'
      pen.fillStyle = PAINT
      pen.fillRect(0, 0, width, height)
    } else if (step.kind !== 'clear') drawStroke(pen, step)
  }
}

/** As it is sent. */
export function exportMask(canvas: HTMLCanvasElement): string {
  const { width, height } = canvas
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  const made = document.createElement('canvas')
  made.width = width
  made.height = height
  if (!pen) return ''
  const mask = toMaskPixels(pen.getImageData(0, 0, width, height).data)
  made.getContext('2d')?.putImageData(new ImageData(mask, width, height), 0, 0)
  return made.toDataURL('image/png')
}
