// What was pasted, dropped or chosen, as far as it can be a picture. Its content decides, on the platform; this is about the
// names and kinds that browsers tell.

/** Own pictures are dragged by name, not by bytes. */
export const ITEM_TYPE = 'application/x-riwaq-item'

export const ACCEPTED = 'image/png,image/jpeg,image/webp'

type Bag = Pick<DataTransfer, 'files' | 'getData' | 'types'>

export const hasPictures = ({ types }: Pick<DataTransfer, 'types'>): boolean =>
  types.includes('Files') || types.includes(ITEM_TYPE)

/** Anything that calls itself a picture is sent, so that the platform can say what is wrong with it. */
export const picturesIn = ({ files }: Pick<Bag, 'files'>): File[] =>
  [...files].filter(({ type }) => type.startsWith('image/'))

/** Files that are something else, which nobody would say anything about. */
export const strangersIn = ({ files }: Pick<Bag, 'files'>): number =>
  [...files].filter(({ type }) => !type.startsWith('image/')).length

export const itemIn = (bag: Pick<Bag, 'getData'>): string | null => {
  const id = bag.getData(ITEM_TYPE)
  return /^[\w-]{1,64}$/.test(id) ? id : null
}
