// What a file's name says of what is in it, without what it could do.

/**
 * Control characters, and those that are not seen but turn the text around them: `photo‮gnp.exe` reads as a picture. The
 * joiners stay: Persian and Urdu are not written without them.
 */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/gu
/** What a path or a shell means something by. */
const RESERVED = /[/\\:*?"<>|]/g
const MAX_TITLE = 200

export const cleanTitle = (text: string): string =>
  Array.from(
    text
      .toWellFormed()
      .normalize('NFC')
      .replace(UNSEEN, '')
      .replace(RESERVED, ' ')
      .replace(/\s+/g, ' ')
      .replace(/^[ .]+|[ .]+$/g, ''),
  )
    .slice(0, MAX_TITLE)
    .join('')
    .trim()

const PATH = /^.*[/\\]/s
const EXTENSION = /\.(?:png|apng|jpe?g|jfif|webp|gif|heic|avif|tiff?|bmp)$/i

/** Empty where the name says nothing. */
export const titleOfFile = (name: string): string =>
  cleanTitle(name.replace(UNSEEN, '').replace(PATH, '').trim().replace(EXTENSION, '').replaceAll('_', ' '))
