// The smallest pictures that there are, for tests of whoever brings them.

/** What no error may hold. */
export const SECRET = 'sk-secret-of-the-operator-0123456789'

/** Where the links of vendors in tests lead. */
export const PICTURE_HOST = 'https://pictures.example.com/'

const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0))

/** PNG, one transparent pixel. */
export const onePixel = fromBase64(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==',
)

/** PNG, one red pixel. */
export const otherPixel = fromBase64(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
)

/** PNG of two by five pixels, each row packed by another of the five filters; its left half is transparent. */
export const halfMask = fromBase64(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAAFCAYAAABvsz2cAAAAKUlEQVR4nGNgFJFjOJFi9J+RG8jYGyDyn4mLAQKYRbn4GUI1uBpYYCIAumMGQejoAukAAAAASUVORK5CYII=',
)
