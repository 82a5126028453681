// The arguments of a tool call on their way through the guardrails: JSON, in pieces. Its strings are screened as what
// they say, not as they are written («\u0645», «\n»), and it stays JSON whatever is masked in them.
import { createTextScreen, type Finding, type Rule, type Tell, type TextScreen } from './text-screen.ts'

const QUOTE = '"'
const BACKSLASH = '\\'
const ESCAPES: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }
const UNICODE_DIGITS = 4

/** A key of a value tells what it is: «password», «هاتف». Longer ones are no names. */
const MAX_KEY = 64
/** A number longer than any that could be found goes on as it is. */
const MAX_SCALAR = 64
const IN_SCALAR = /[\w.+-]/
const BEGINS_JSON = /[{["]/
const NUMBER = /^[-+.\deE]+$/
const LITERAL = /^(?:true|false|null)$/

const written = (text: string): string => JSON.stringify(text).slice(1, -1)

/** `text`: it is no JSON after all. `long`: a number that nobody looks at. */
type Mode = 'start' | 'text' | 'between' | 'string' | 'escape' | 'unicode' | 'scalar' | 'long'

export function createJsonScreen({ rules, tell }: { rules: readonly Rule[]; tell: Tell }): TextScreen {
  let mode: Mode = 'start'
  let screen: TextScreen | null = null
  let blocked: Finding | null = null
  /** Of the string that is being read: what was decoded and not yet screened. */
  let decoded = ''
  let escape = ''
  let scalar = ''
  /** The last string, as a key that a colon may follow. */
  let last = ''
  let key = ''
  const arrays: boolean[] = []

  const open = () => createTextScreen({ rules, tell, before: key === '' ? '' : `${key}: "` })

  function flushString(final: boolean): string {
    if (!screen) return ''
    const passed = screen.push(decoded) + (final ? screen.end() : '')
    if (last.length <= MAX_KEY) last += decoded
    decoded = ''
    blocked = screen.blocked()
    return written(passed)
  }

  /** From here on it is read as text. */
  function readAsText(beginning: string): string {
    mode = 'text'
    screen = createTextScreen({ rules, tell })
    return asText(beginning)
  }

  function asText(piece: string): string {
    const passed = screen!.push(piece)
    blocked = screen!.blocked()
    return passed
  }

  function flushScalar(): string {
    const token = scalar
    scalar = ''
    if (token === '' || LITERAL.test(token)) return token
    if (!NUMBER.test(token)) return readAsText(token)
    const one = createTextScreen({ rules, tell, before: key === '' ? '' : `${key}: ` })
    const passed = one.push(token) + one.end()
    blocked = one.blocked()
    return passed === token ? token : blocked ? '' : JSON.stringify(passed)
  }

  /** A key holds for every element of its array, and in an object until the next. */
  function nest(character: string) {
    if (character === '[' || character === '{') arrays.push(character === '[')
    if (character === ']' || character === '}') arrays.pop()
    if (character === '{' || character === '}' || character === ']') key = ''
    if (character === ',' && !arrays.at(-1)) key = ''
  }

  function between(character: string): string {
    if (character === QUOTE) {
      mode = 'string'
      screen = open()
      last = ''
      return character
    }
    if (IN_SCALAR.test(character)) {
      mode = 'scalar'
      scalar = character
      return ''
    }
    if (character === ':') key = last.length <= MAX_KEY ? last : ''
    else nest(character)
    return character
  }

  function inString(character: string): string {
    if (character === BACKSLASH) mode = 'escape'
    else if (character !== QUOTE) decoded += character
    else {
      const passed = flushString(true)
      screen = null
      mode = 'between'
      return blocked ? passed : passed + character
    }
    return ''
  }

  function inEscape(character: string): string {
    if (character === 'u') {
      mode = 'unicode'
      escape = ''
    } else {
      decoded += ESCAPES[character] ?? character
      mode = 'string'
    }
    return ''
  }

  function inUnicode(character: string): string {
    escape += character
    if (escape.length < UNICODE_DIGITS) return ''
    const code = Number.parseInt(escape, 16)
    decoded += Number.isNaN(code) ? '' : String.fromCharCode(code)
    mode = 'string'
    return ''
  }

  function inScalar(character: string): string {
    if (IN_SCALAR.test(character)) {
      scalar += character
      if (scalar.length <= MAX_SCALAR) return ''
      const token = scalar
      scalar = ''
      if (!NUMBER.test(token)) return readAsText(token)
      mode = 'long'
      return token
    }
    mode = 'between'
    const passed = flushScalar()
    if (blocked) return passed
    return passed + next(character)
  }

  function inLong(character: string): string {
    if (IN_SCALAR.test(character)) return character
    mode = 'between'
    return between(character)
  }

  function atStart(character: string): string {
    if (/\s/.test(character)) return character
    if (!BEGINS_JSON.test(character)) return readAsText(character)
    mode = 'between'
    return between(character)
  }

  const steps: Record<Exclude<Mode, 'text'>, (character: string) => string> = {
    start: atStart,
    between,
    string: inString,
    escape: inEscape,
    unicode: inUnicode,
    scalar: inScalar,
    long: inLong,
  }
  const next = (character: string): string => (mode === 'text' ? asText(character) : steps[mode](character))

  return {
    push(piece) {
      let out = ''
      for (let at = 0; at < piece.length; at++) {
        if (blocked) return out
        if (mode === 'text') return out + asText(piece.slice(at))
        out += next(piece[at]!)
      }
      return blocked || mode === 'text' ? out : out + flushString(false)
    },
    end() {
      if (blocked) return ''
      const rest = mode === 'text' || !screen ? flushScalar() : flushString(true)
      if (mode !== 'text' || blocked) return rest
      const passed = rest + screen!.end()
      blocked = screen!.blocked()
      return passed
    },
    blocked: () => blocked,
  }
}
