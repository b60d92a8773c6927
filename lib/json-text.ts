/** Whether a text is this JSON, ignoring white space. */
export function isSameJson(text: string, json: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false
  try {
    return JSON.stringify(JSON.parse(text)) === json
  } catch {
    return false
  }
}
