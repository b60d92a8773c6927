const MAX_NAME = 120

/** A name for people only, never a path: without folders, control characters, and bounded. */
export function cleanName(fileName: string): string {
  const base = fileName.split(/[/\\]/).at(-1) ?? ""
  const printable = base
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}"<>]/gu, "")
    .trim()
  // By characters: half of an emoji is no text.
  return [...printable].slice(-MAX_NAME).join("") || "image"
}
