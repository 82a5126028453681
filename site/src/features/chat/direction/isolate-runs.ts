// Inside a right-to-left sentence, paths, addresses and telephone numbers would be cut up and reordered.
// They are found here so that they can be shown in isolation.

export interface TextRun {
  text: string
  isolated: boolean
}

const isolated = new RegExp(
  [
    /(?:https?|ftp):\/\/[^\s<>()«»،؛]*[^\s<>()«»،؛.,:!?]/.source,
    /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/.source,
    /(?<![\w/])(?:[A-Za-z]:\\|~?\/|\.{1,2}\/)[\w@.+-]+(?:[\\/][\w@.+-]*)*/.source,
    /(?<![\w/])[\w@.-]+(?:\/[\w@.-]+)+\.\w{1,8}/.source,
    /(?<![\w-])--?[A-Za-z][\w-]*(?:=\S+)?/.source,
    /\+\d[\d\s().-]{5,}\d/.source,
    /(?<![\w.])[A-Za-z_$][\w$]*\([\w\s,.'"]*\)(?:\s*=\s*[\w^*+\-/().]+)?/.source,
  ].join('|'),
  'g',
)

export function isolateRuns(text: string): TextRun[] {
  const runs: TextRun[] = []
  let end = 0
  for (const match of text.matchAll(isolated)) {
    if (match.index > end) runs.push({ text: text.slice(end, match.index), isolated: false })
    runs.push({ text: match[0], isolated: true })
    end = match.index + match[0].length
  }
  if (end < text.length) runs.push({ text: text.slice(end), isolated: false })
  return runs
}
