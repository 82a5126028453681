// What stands in a message but is in no language: code, addresses, paths, mentions, formulas.
const noise: RegExp[] = [
  /```[\s\S]*?(```|$)/g,
  /`[^`\n]*`/g,
  /\b[a-z][a-z0-9+.-]*:\/\/\S+/gi,
  /\bwww\.\S+/gi,
  /[\w.+-]+@[\w-]+\.[\w.-]+/g,
  /(^|\s)[@#][\w.-]+/g,
  /(^|\s)[~.]?\/[\w./-]+/g,
  /\b\w*(Error|Exception|Warning): .*/g,
  /<\/?[a-z][^>\n]*>/gi,
  /\b\w+\([\w\s,.]*\)\s*=?\s*[\w^+*/-]*/g,
]

export const stripNoise = (text: string): string =>
  noise
    .reduce((rest, pattern) => rest.replace(pattern, ' '), text)
    .replace(/\s+/g, ' ')
    .trim()
