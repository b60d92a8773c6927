/** Problems and notes about a schema's text, with positions. */
import { useTranslations } from "next-intl"
import { useMemo } from "react"
import { readSchemaText, type SchemaProblem } from "@/components/schemas/schema-text"
import { type FireworksNote, fireworksNotes } from "@/lib/output/fireworks"
import { requiredWithoutField } from "@/lib/output/form/edit"
import { sourceOf } from "@/lib/output/form/source"
import { lineAndColumn, placeOf, placesIn } from "@/lib/output/json-places"
import { errorPosition } from "@/lib/output/json-position"

export interface PlacedProblem {
  /** `error`: it can't be used; `note`: it can, with a limitation. */
  level: "error" | "note"
  message: string
  /** Offsets in the text. */
  from: number
  to: number
  line: number
  column: number
  /** The automatic fix. */
  note: FireworksNote | null
}

/** In text order, errors first. `problem`: what the browser or the server rejects. */
export function usePlacedProblems(text: string, problem: SchemaProblem | null): PlacedProblem[] {
  const t = useTranslations("output")
  return useMemo(() => {
    const at = (from: number, to: number) => ({ from, to, ...lineAndColumn(text, from) })
    if (problem) {
      if (problem.is === "empty") return []
      const { is: _, ...values } = problem
      const [from, to] = placeOfProblem(text, problem)
      const message = problem.is === "refused" ? problem.reason : t(`schemaWrong.${problem.is}`, values)
      return [{ level: "error" as const, message, note: null, ...at(from, to) }]
    }
    const { schema } = readSchemaText(text)
    if (!schema) return []
    const places = placesIn(text)
    const named = (pointer: string) => {
      const place = placeOf(places, pointer)
      const { from, to } = place?.name ?? place ?? { from: 0, to: 0 }
      return at(from, Math.min(to, from + MAX_MARKED))
    }
    const notes = fireworksNotes(schema).map((note) => ({
      ...{ level: "note" as const, note, message: t(`notes.${note.is}`, { keyword: note.keyword }) },
      ...named(note.path),
    }))
    const missing = requiredWithoutField(sourceOf(text)).map((name) => ({
      ...{ level: "note" as const, note: null, message: t("notes.required", { name }) },
      ...named("/required"),
    }))
    return [...missing, ...notes].sort((a, b) => a.from - b.from)
  }, [text, problem, t])
}

/** Limits the marked length, since a whole object would be too much. */
const MAX_MARKED = 60

function placeOfProblem(text: string, problem: SchemaProblem): [from: number, to: number] {
  if (problem.is === "noJson" || problem.is === "cut") {
    const from = Math.min(errorPosition(text), Math.max(0, text.length - 1))
    return [from, Math.min(text.length, from + 1)]
  }
  if (problem.is !== "refused") return [0, Math.min(text.length, 1)]
  const place = placeOf(placesIn(text), problem.path)
  const { from, to } = place?.name ?? place ?? { from: 0, to: 1 }
  return [from, Math.min(to, from + MAX_MARKED)]
}
