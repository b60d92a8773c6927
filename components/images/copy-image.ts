/** Puts a picture on the clipboard as PNG, which all applications take. Call it while a click is handled. Throws when the browser does not let it. */
export async function copyImage(url: string): Promise<void> {
  // The clipboard may wait for it: Safari asks for that.
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
