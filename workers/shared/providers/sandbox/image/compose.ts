// A whole picture of a prompt, as SVG text.
import { drawCaption, signatureMarkup, wordsToShow } from './caption.ts'
import { drawCentrepiece } from './centrepiece.ts'
import type { Colour } from './colour.ts'
import type { SandboxDrawing } from './drawing.ts'
import { paletteOf } from './palette.ts'
import { createRandom } from './random.ts'
import { readPrompt, type Reading, type Subject } from './read-prompt.ts'
import { asPixelArt } from './pixel-art.ts'
import { drawFinish } from './scenes/finish.ts'
import { drawPaper } from './scenes/paper.ts'
import { scenes } from './scenes/scenes.ts'
import { createSketch, type Sketch } from './sketch.ts'
import { drawWeather } from './scenes/sky.ts'
import { svgOf, type Size } from './svg.ts'

export interface Composition extends Size {
  prompt: string
  seed: number
  negativePrompt?: string
  /** Colours that it is to have, instead of those of its words. */
  colours?: readonly Colour[]
  /** Finished with the light of a lens. */
  fine?: boolean
  /** A backdrop is drawn, or nothing but the subject on nothing. */
  transparent?: boolean
  /** Its words and whose it is; a part of a picture has neither. */
  lettered?: boolean
}

const FALLBACK: readonly Subject[] = ['abstract', 'mountains', 'abstract', 'sea', 'desert', 'pattern']

export function subjectOf(reading: Reading, seed: number): Subject {
  return reading.subject ?? createRandom(seed).branch('subject').pick(FALLBACK)
}

export async function compose(input: Composition, draw: SandboxDrawing): Promise<string> {
  const { width, height, prompt, negativePrompt, seed, transparent = false, lettered = true } = input
  const read = readPrompt(prompt, negativePrompt)
  const reading: Reading = input.colours ? { ...read, colours: [...input.colours] } : read
  const random = createRandom(seed)
  const subject = subjectOf(reading, seed)
  const palette = paletteOf(reading, random.branch('palette'))
  const sketch: Sketch = createSketch({ width, height, palette, random, reading })
  const words = lettered && !reading.without.has('words') ? wordsToShow(prompt) : ''
  if (transparent) {
    await drawCentrepiece(sketch, { subject, words }, draw)
    return svgOf(input, sketch.markup() + (lettered ? signatureMarkup(sketch) : ''))
  }
  scenes[subject](sketch)
  drawWeather(sketch)
  if (input.fine) drawFinish(sketch)
  drawPaper(sketch)
  const scene = reading.style === 'pixel' ? await asPixelArt(sketch.markup(), input, draw) : null
  const front = scene === null ? sketch : createSketch({ width, height, palette, random, reading })
  if (scene !== null) front.add(scene)
  if (subject === 'calligraphy') await drawCentrepiece(front, { subject, words }, draw)
  else await drawCaption(front, draw, { words })
  return svgOf(input, front.markup() + (lettered ? signatureMarkup(front) : ''))
}
