// The colours of a picture: those of an hour of the day, coloured by the words of the prompt and by the style it asks for.
import { darken, greyOf, lighten, mix, type Colour } from './colour.ts'
import type { Random } from './random.ts'
import type { Hour, Reading, Style, Subject } from './read-prompt.ts'

export interface Palette {
  /** From above to the horizon. */
  sky: readonly [Colour, Colour, Colour]
  /** What is far off, and what is near. */
  far: Colour
  near: Colour
  /** The sun, or the moon. */
  light: Colour
  /** What stands out. */
  accent: Colour
  other: Colour
  isDark: boolean
}

const hours: Record<Hour, readonly Palette[]> = {
  dawn: [
    {
      sky: ['#6f7fb5', '#e8b4a8', '#fbe3c8'],
      far: '#a79fc0',
      near: '#3f3a5c',
      light: '#fff1d6',
      accent: '#e9806e',
      other: '#7fa6a0',
      isDark: false,
    },
    {
      sky: ['#88a7c9', '#f0c9b8', '#fdeedd'],
      far: '#b5adc2',
      near: '#4a4560',
      light: '#fff6e6',
      accent: '#d9776f',
      other: '#6f9a8d',
      isDark: false,
    },
  ],
  day: [
    {
      sky: ['#3f8fc9', '#8fc6e6', '#e3f2f5'],
      far: '#8fb3c4',
      near: '#21505a',
      light: '#fffbe8',
      accent: '#f0a24a',
      other: '#4f9a78',
      isDark: false,
    },
    {
      sky: ['#5aa6c8', '#a8d8dd', '#f2f3e4'],
      far: '#9cbdb8',
      near: '#2b5550',
      light: '#fffdf0',
      accent: '#e8743b',
      other: '#d8b65a',
      isDark: false,
    },
  ],
  sunset: [
    {
      sky: ['#35306b', '#c65b6a', '#fbb35d'],
      far: '#9a5a78',
      near: '#231a3b',
      light: '#fff0c2',
      accent: '#ff8a4c',
      other: '#5b6ea8',
      isDark: false,
    },
    {
      sky: ['#2c4a78', '#d97b66', '#ffd28a'],
      far: '#a8736f',
      near: '#24243f',
      light: '#fff4d0',
      accent: '#f26a4b',
      other: '#7a9ea8',
      isDark: false,
    },
  ],
  night: [
    {
      sky: ['#0a1030', '#1b2a5c', '#3f5486'],
      far: '#2c3d6b',
      near: '#070b1f',
      light: '#f4f0dc',
      accent: '#ffc766',
      other: '#7f8fd0',
      isDark: true,
    },
    {
      sky: ['#0b1b2b', '#153c50', '#3a6b75'],
      far: '#23505c',
      near: '#061219',
      light: '#eef5e6',
      accent: '#ffb85c',
      other: '#6fc1b0',
      isDark: true,
    },
  ],
}

type Change = (colour: Colour) => Colour

const changed = (palette: Palette, change: Change): Palette => ({
  sky: [change(palette.sky[0]), change(palette.sky[1]), change(palette.sky[2])],
  far: change(palette.far),
  near: change(palette.near),
  light: change(palette.light),
  accent: change(palette.accent),
  other: change(palette.other),
  isDark: palette.isDark,
})

const byStyle: Partial<Record<Style, (palette: Palette) => Palette>> = {
  ink: (palette) => ({
    ...changed(palette, (colour) => mix(greyOf(colour), '#f3efe6', 0.35)),
    sky: ['#efeae0', '#f5f1e8', '#fbf9f3'],
    near: '#1c1b1a',
    accent: '#8c2f25',
    isDark: false,
  }),
  monochrome: (palette) => changed(palette, greyOf),
  watercolour: (palette) => ({ ...changed(palette, (colour) => mix(colour, '#fdfaf3', 0.42)), isDark: false }),
  vintage: (palette) => changed(palette, (colour) => mix(colour, '#d8b98a', 0.34)),
  pastel: (palette) => ({ ...changed(palette, (colour) => lighten(colour, 0.5)), isDark: false }),
  cinematic: (palette) => ({
    ...changed(palette, (colour) => mix(darken(colour, 0.16), '#12424c', 0.2)),
    accent: '#f0913f',
    light: '#ffe2b0',
  }),
  neon: () => ({
    sky: ['#0b0420', '#2a0b52', '#7a1f8a'],
    far: '#41186e',
    near: '#080312',
    light: '#ffd6fb',
    accent: '#ff3fa4',
    other: '#22e6f2',
    isDark: true,
  }),
  manuscript: (palette) => ({
    ...changed(palette, (colour) => mix(colour, '#e9d3a0', 0.22)),
    sky: ['#1f5f8b', '#5fa3b0', '#eed9a2'],
    accent: '#c8962e',
    other: '#a63d2f',
    isDark: false,
  }),
}

/** A red rose does not redden the sky; a red desert does. */
const standsAlone: ReadonlySet<Subject | null> = new Set(['garden', 'cat', 'portrait', 'city'] as const)

/** As much as a colour that was named is seen: all of what stands out, and a breath of it on everything else. */
function coloured(palette: Palette, { colours: [first, second], subject }: Reading): Palette {
  if (!first) return palette
  const breath = standsAlone.has(subject) ? 0.2 : 1
  const [top, middle, low] = palette.sky
  return {
    ...palette,
    sky: [
      mix(top, darken(first, 0.25), 0.45 * breath),
      mix(middle, first, 0.4 * breath),
      mix(low, lighten(first, 0.55), 0.35 * breath),
    ],
    far: mix(palette.far, first, 0.4 * breath),
    near: mix(palette.near, darken(first, 0.7), 0.5 * breath),
    accent: second ?? first,
    other: second ? first : mix(palette.other, first, 0.3),
  }
}

export function paletteOf(reading: Reading, random: Random): Palette {
  const hour = reading.hour ?? random.pick(['dawn', 'day', 'sunset', 'sunset', 'night'] as const)
  const palette = coloured(random.pick(hours[hour]), reading)
  return (reading.style && byStyle[reading.style]?.(palette)) || palette
}
