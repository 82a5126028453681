/** A command's own words. */
export const say = (text: string): void => void process.stdout.write(`${text}\n`)

export function printTable(title: string, columns: string[], rows: (string | number)[][]): void {
  const lines = [columns, ...rows.map((row) => row.map(String))]
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => line[at]!.length)))
  say(`\n${title}`)
  for (const line of lines)
    say(line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  '))
}
