const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
const characters = Object.fromEntries(Object.entries(entities).map(([character, entity]) => [entity, character]))

/** What XML has no way to write, not even escaped: control characters, halves of pairs. */
const UNWRITABLE = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

export const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    .replace(UNWRITABLE, '')
    .replace(/[&<>"']/g, (character) => entities[character] ?? character)
    // A reader of XML takes both for a line's end.
    .replaceAll('\r', '&#13;')

export const unescapeXml = (text: string): string =>
  text.replaceAll('&#13;', '\r').replace(/&(?:amp|lt|gt|quot|apos);/g, (entity) => characters[entity] ?? entity)
