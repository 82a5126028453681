/** What to paste into a terminal. */
export function curlExample({
  method,
  path,
  example,
  needsKey,
}: {
  method: string
  path: string
  example: unknown
  needsKey: boolean
}): string {
  const lines = [
    `curl${method === 'get' ? '' : ` -X ${method.toUpperCase()}`} "$RIWAQ_URL${path.replaceAll(/\{(\w+)\}/g, '$$$1')}"`,
    ...(needsKey ? ['-H "Authorization: Bearer $RIWAQ_KEY"'] : []),
    ...(example === undefined
      ? []
      : ['-H "Content-Type: application/json"', `-d '${JSON.stringify(example).replaceAll("'", String.raw`'\''`)}'`]),
  ]
  return lines.join(' \\\n  ')
}
