/** Copies an image as PNG, which all applications accept. Call it during a click. Throws when the browser refuses. */
export async function copyImage(url: string): Promise<void> {
  // The blob is passed as a promise, as Safari requires.
  await navigator.clipboard.write([new ClipboardItem({ "image/png": pngOf(url) })])
}

async function pngOf(url: string): Promise<Blob> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`status ${response.status}`)
  const blob = await response.blob()
  if (blob.type === "image/png") return blob
  const bitmap = await createImageBitmap(blob)
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0)
  bitmap.close()
  return canvas.convertToBlob({ type: "image/png" })
}
