const MAX_NAME = 120

/** A display name, never used as a path: without folders and control characters, and of bounded length. */
export function cleanName(fileName: string): string {
  const base = fileName.split(/[/\\]/).at(-1) ?? ""
  const printable = base
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}"<>]/gu, "")
    .trim()
  // By code points, so that no emoji is cut in half.
  return [...printable].slice(-MAX_NAME).join("") || "image"
}
