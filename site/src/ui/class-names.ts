/** Joins what is there: `classNames('button', busy && 'is-busy')`. */
export const classNames = (...names: (string | false | null | undefined)[]): string => names.filter(Boolean).join(' ')
