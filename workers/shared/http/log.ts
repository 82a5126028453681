// Structured logs: one JSON line an event, of ids, counts and times. Never prompts, keys or tokens.
type Field = string | number | boolean | null | undefined

export interface Logger {
  info(event: string, fields?: Record<string, Field>): void
  warn(event: string, fields?: Record<string, Field>): void
  error(event: string, fields?: Record<string, Field>): void
  with(fields: Record<string, Field>): Logger
}

type Write = (level: 'info' | 'warn' | 'error', line: string) => void

// oxlint-disable-next-line no-console -- the one place that writes logs
const toConsole: Write = (level, line) => console[level](line)

export function createLogger(base: Record<string, Field>, write: Write = toConsole): Logger {
  const say =
    (level: 'info' | 'warn' | 'error') =>
    (event: string, fields: Record<string, Field> = {}) =>
      write(level, JSON.stringify({ level, event, ...base, ...fields }))
  return {
    info: say('info'),
    warn: say('warn'),
    error: say('error'),
    with: (fields) => createLogger({ ...base, ...fields }, write),
  }
}

export const silentLogger: Logger = createLogger({}, () => {})
