// Headers are ASCII: what is not would be refused on the way.
const MAX_LENGTH = 1_000
const ASCII = /^[\x20-\x7e]*$/

export const toHeaderText = (text: string): string =>
  ASCII.test(text) ? text.slice(0, MAX_LENGTH) : withoutFinery(text)

const withoutFinery = (text: string): string =>
  text
    .replaceAll(/[“”]/g, '"')
    .replaceAll(/[‘’]/g, "'")
    .replaceAll(/[^\x20-\x7e]/g, ' ')
    .slice(0, MAX_LENGTH)
