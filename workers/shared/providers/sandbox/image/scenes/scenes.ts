import type { Subject } from '../read-prompt.ts'
import type { Sketch } from '../sketch.ts'
import { drawAbstract } from './abstract.ts'
import { drawCat } from './cat.ts'
import { drawCity } from './city.ts'
import { drawDesert } from './desert.ts'
import { drawForest } from './forest.ts'
import { drawGarden } from './garden.ts'
import { drawMountains } from './mountains.ts'
import { drawPattern } from './pattern.ts'
import { drawPortrait } from './portrait.ts'
import { drawSea } from './sea.ts'
import { drawSpace } from './space.ts'

export type DrawScene = (sketch: Sketch) => void

export const scenes: Record<Subject, DrawScene> = {
  mountains: drawMountains,
  sea: drawSea,
  desert: drawDesert,
  city: drawCity,
  forest: drawForest,
  garden: drawGarden,
  space: drawSpace,
  portrait: drawPortrait,
  cat: drawCat,
  pattern: drawPattern,
  // Its words are what is to be seen: they are set on the ornament.
  calligraphy: drawPattern,
  abstract: drawAbstract,
}
