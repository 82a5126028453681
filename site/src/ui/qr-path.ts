/** The dark modules of a QR code as one SVG path: runs along each row. */
export function qrPath(modules: readonly (readonly boolean[])[]): string {
  let path = ''
  modules.forEach((row, y) => {
    let x = 0
    while (x < row.length) {
      if (!row[x]) {
        x += 1
        continue
      }
      const from = x
      while (row[x]) x += 1
      path += `M${from} ${y}h${x - from}v1h-${x - from}z`
    }
  })
  return path
}
