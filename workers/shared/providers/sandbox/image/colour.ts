/** `#rrggbb`. */
export type Colour = `#${string}`

type Channels = readonly [number, number, number]

const channelsOf = (colour: Colour): Channels => {
  const value = Number.parseInt(colour.slice(1), 16)
  return [value >> 16, (value >> 8) & 0xff, value & 0xff]
}

const toColour = (channels: readonly number[]): Colour =>
  `#${channels
    .map((channel) =>
      Math.round(Math.min(255, Math.max(0, channel)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`

/** `share` of the second. By the squares, so that the middle is not muddy. */
export function mix(one: Colour, other: Colour, share: number): Colour {
  const [first, second] = [channelsOf(one), channelsOf(other)]
  return toColour(first.map((channel, at) => Math.sqrt(channel ** 2 * (1 - share) + second[at]! ** 2 * share)))
}

export const lighten = (colour: Colour, share: number): Colour => mix(colour, '#ffffff', share)
export const darken = (colour: Colour, share: number): Colour => {
  const channels = channelsOf(colour)
  return toColour(channels.map((channel) => channel * (1 - share)))
}

/** 0 to 1, as the eye weighs it. */
export const brightnessOf = (colour: Colour): number => {
  const [red, green, blue] = channelsOf(colour)
  return (0.299 * red + 0.587 * green + 0.114 * blue) / 255
}

export const greyOf = (colour: Colour): Colour => {
  const level = brightnessOf(colour) * 255
  return toColour([level, level, level])
}
