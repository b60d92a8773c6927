/** The text direction of a language. */

/** Languages of right-to-left scripts that a catalogue may come in (ISO 639). */
const RIGHT_TO_LEFT = new Set(["ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"])

/** The `dir` of a page in this language; an explicit script takes precedence, as in `az-Arab`. */
export function directionOf(locale: string): "ltr" | "rtl" {
  const { language, script } = new Intl.Locale(locale)
  if (script) return ["Arab", "Hebr", "Thaa", "Syrc", "Nkoo"].includes(script) ? "rtl" : "ltr"
  return RIGHT_TO_LEFT.has(language) ? "rtl" : "ltr"
}
