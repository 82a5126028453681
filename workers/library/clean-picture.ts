import type { CleanInput, CleanPicture } from '#shared/contracts/library'
import type { LibrarySystem } from './context.ts'

/** Nothing is kept. */
export const cleanPicture = ({
  input,
  ctx,
}: {
  input: CleanInput
  ctx: Pick<LibrarySystem, 'pixels'>
}): Promise<CleanPicture> => ctx.pixels.clean(input)
