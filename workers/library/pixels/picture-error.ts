// How the readers in this folder say no. Never leaves it: `clean` answers with the fault as data.
import type { CleanPicture, PictureFault } from '#shared/contracts/library'

export type FaultFacts = NonNullable<Extract<CleanPicture, { ok: false }>['facts']>

export class PictureError extends Error {
  override name = 'PictureError'
  readonly fault: PictureFault
  readonly facts: FaultFacts

  constructor(fault: PictureFault, facts: FaultFacts = {}) {
    super(fault)
    this.fault = fault
    this.facts = facts
  }
}

export const damaged = () => new PictureError('image_damaged')
export const unsupported = (format: string) => new PictureError('image_unsupported', { format })
export const animated = (facts: FaultFacts) => new PictureError('image_animated', facts)
export const tooLarge = (facts: FaultFacts) => new PictureError('image_too_large', facts)
