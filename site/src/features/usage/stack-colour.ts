import type { StackGroup } from './stacked-days.ts'

/** How many groups have a colour of their own. */
export const COLOURED = 5

/** The n-th group's colour, the same in the drawing and beside its name. */
export const colourOf = ({ kind }: Pick<StackGroup, 'kind'>, at: number): string =>
  kind === 'arriving' ? 'var(--border-strong)' : kind === 'rest' ? 'var(--chart-6)' : `var(--chart-${at + 1})`
