// A scene of few pixels, each as large as many; its words stay as sharp as they were.
import { svgOf, type Size } from './svg.ts'
import type { SandboxDrawing } from './drawing.ts'
import { imageMarkup } from './operations/canvas.ts'

const ACROSS = 112

export async function asPixelArt(markup: string, size: Size, draw: SandboxDrawing): Promise<string> {
  const share = Math.min(1, ACROSS / Math.max(size.width, size.height))
  const bytes = await draw.toPng(svgOf(size, `<g shape-rendering="crispEdges">${markup}</g>`), {
    width: Math.max(1, Math.round(size.width * share)),
  })
  return imageMarkup({ bytes, mediaType: 'image/png' }, size)
}
