// JSON values as literals of a programming language, on one line where they fit.
export interface Syntax {
  indent: string
  /** The widest line that is still one. */
  width: number
  text: (value: string) => string
  name: (name: string) => string
  constants: { true: string; false: string; null: string }
  /** What stands inside the brackets of an object on one line: `{ a: 1 }` or `{"a": 1}`. */
  pad: '' | ' '
}

export const typescript: Syntax = {
  indent: '  ',
  width: 90,
  text: (value) => `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`,
  name: (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : typescript.text(name)),
  constants: { true: 'true', false: 'false', null: 'null' },
  pad: ' ',
}

export const python: Syntax = {
  indent: '    ',
  width: 88,
  text: (value) => JSON.stringify(value),
  name: (name) => JSON.stringify(name),
  constants: { true: 'True', false: 'False', null: 'None' },
  pad: '',
}

interface Place {
  syntax: Syntax
  /** How many times the line is indented already. */
  depth: number
}

/** The members one a line, each with a comma, between brackets. */
export const spreadOut = (
  lines: string[],
  { open, close, syntax, depth }: Place & { open: string; close: string },
): string => {
  const inner = syntax.indent.repeat(depth + 1)
  return `${open}\n${lines.map((line) => `${inner}${line},\n`).join('')}${syntax.indent.repeat(depth)}${close}`
}

export function literal(value: unknown, place: Place): string {
  const { syntax, depth } = place
  if (value === null || value === undefined) return syntax.constants.null
  if (typeof value === 'boolean') return syntax.constants[`${value}`]
  if (typeof value === 'string') return syntax.text(value)
  if (typeof value !== 'object') return JSON.stringify(value)
  const isList = Array.isArray(value)
  const membersAt = (at: number): string[] =>
    isList
      ? value.map((member) => literal(member, { syntax, depth: at }))
      : Object.entries(value).map(([name, member]) => `${syntax.name(name)}: ${literal(member, { syntax, depth: at })}`)
  const [open, close] = isList ? ['[', ']'] : ['{', '}']
  const members = membersAt(depth + 1)
  if (members.length === 0) return `${open}${close}`
  const pad = isList ? '' : syntax.pad
  const flat = `${open}${pad}${members.join(', ')}${pad}${close}`
  if (!flat.includes('\n') && depth * syntax.indent.length + flat.length <= syntax.width) return flat
  return spreadOut(members, { open, close, syntax, depth })
}
