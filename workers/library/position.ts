// Where an item stands in every list: the moment it was made and, within a millisecond, a place of its own. One number,
// so that sorting, paging and a range of dates are one range of one key.

const PLACES = 2_048

/** The first place of a millisecond. */
export const firstPositionOf = (milliseconds: number): number => milliseconds * PLACES

/** `random`: from 0 up to 1. Two that are made at once may fall on the same place: then another is drawn. */
export const positionAt = (milliseconds: number, random: number): number =>
  firstPositionOf(milliseconds) + Math.floor(random * PLACES)

/** Beyond every position. */
export const MAX_POSITION = Number.MAX_SAFE_INTEGER
