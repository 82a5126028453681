/** Puts a picture into the clipboard. Browsers take PNG there and nothing else. */
export async function copyPicture(url: string): Promise<void> {
  // Safari wants the promise within the press, not what it becomes.
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': asPng(url) })])
}

async function asPng(url: string): Promise<Blob> {
  const response = await fetch(url, { credentials: 'same-origin' })
  if (!response.ok) throw new Error(`HTTP ${response.status}`)
  const blob = await response.blob()
  if (blob.type === 'image/png') return blob
  const bitmap = await createImageBitmap(blob)
  const canvas = document.createElement('canvas')
  canvas.width = bitmap.width
  canvas.height = bitmap.height
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0)
  return new Promise((resolve, reject) =>
    canvas.toBlob((made) => (made ? resolve(made) : reject(new Error('no picture'))), 'image/png'),
  )
}
