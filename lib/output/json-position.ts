/** Says in words where a text stops being JSON. `JSON.parse` names a place in its own way on each engine. */
export function whereJsonStops(text: string): string {
  if (!text.trim()) return "The answer is empty."
  const position = errorPosition(text)
  const cut = position === null || position >= text.trimEnd().length
  if (cut) return `The JSON is cut off after ${text.length.toLocaleString("en")} characters: …${tail(text)}`
  const line = text.slice(0, position).split("\n").length
  return `This is not JSON at character ${position + 1} (line ${line}): …${tail(text.slice(0, position))}⟨${text[position]}⟩`
}

const tail = (text: string) => text.slice(-30).replace(/\s+/g, " ")

/** Index of the first character that does not fit, or null when the text ends too early. */
function errorPosition(text: string): number | null {
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    const [, position] = /position (\d+)/.exec(error instanceof Error ? error.message : "") ?? []
    return position === undefined ? null : Number(position)
  }
}
