import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')

function tokensIn(block: string | undefined): Record<string, string> {
  return Object.fromEntries(
    [...(block ?? '').matchAll(/(--[\w-]+):\s*([^;]+);/g)].map((match) => [match[1]!, match[2]!]),
  )
}

const light = tokensIn(css.split('@media')[0])
const darkByDevice = tokensIn(css.split('@media')[1]?.split(":root[data-theme='dark']")[0])
const darkByHand = tokensIn(css.split(":root[data-theme='dark']")[1])

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}

function contrast(one: string, other: string): number {
  const [brighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (brighter! + 0.05) / (darker! + 0.05)
}

test('dark is the same, whether the device or the reader asks for it', () => {
  expect(Object.keys(darkByDevice).length).toBeGreaterThan(30)
  expect(darkByHand).toEqual(darkByDevice)
})

const backgrounds = ['--bg', '--bg-sunken', '--surface', '--surface-raised', '--hover']
const onBackgrounds = ['--text', '--text-muted', '--primary', '--accent', '--danger', '--success', '--warning']
const pairs = [
  ...backgrounds.flatMap((background) => onBackgrounds.map((text) => [text, background] as const)),
  ['--on-primary', '--primary'],
  ['--on-primary', '--primary-hover'],
  ['--on-primary-soft', '--primary-soft'],
  ['--on-accent-soft', '--accent-soft'],
  ['--on-danger', '--danger'],
  ['--on-danger', '--danger-hover'],
  ['--on-danger-soft', '--danger-soft'],
  ['--on-success-soft', '--success-soft'],
  ['--on-warning-soft', '--warning-soft'],
  ['--text', '--code-bg'],
] as const

test.each([
  ['light', light],
  ['dark', { ...light, ...darkByDevice }],
])('every text of the %s palette can be read on what it stands on', (_, tokens) => {
  const poor = pairs.filter(([text, background]) => contrast(tokens[text]!, tokens[background]!) < 4.5)
  expect(
    poor.map(
      ([text, background]) => `${text} on ${background}: ${contrast(tokens[text]!, tokens[background]!).toFixed(2)}`,
    ),
  ).toEqual([])
})

test.each([
  ['light', light],
  ['dark', { ...light, ...darkByDevice }],
])('borders of controls and the focus ring stand out in the %s palette', (_, tokens) => {
  const poor = backgrounds.flatMap((background) =>
    ['--border-strong', '--focus', '--chart-1']
      .filter((edge) => contrast(tokens[edge]!, tokens[background]!) < 3)
      .map((edge) => `${edge} on ${background}`),
  )
  expect(poor).toEqual([])
})
