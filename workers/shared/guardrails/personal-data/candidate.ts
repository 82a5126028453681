// A number as it stands in a text: groups of digits with separators between.

export interface Candidate {
  start: number
  end: number
  /** A + before it. */
  plus: boolean
  /** The digits of every group. */
  groups: string[]
  /** What stands between the groups. */
  separators: string[]
}

export const digitsOf = ({ groups }: Candidate): string => groups.join('')

/** One sign throughout: «05-01 12» is a date and an hour. */
export const isUniform = ({ separators }: Candidate): boolean =>
  separators.every((separator) => separator === separators[0])

export const hasShape = ({ groups }: Candidate, shape: readonly number[]): boolean =>
  groups.length === shape.length && groups.every((group, at) => group.length === shape[at])
