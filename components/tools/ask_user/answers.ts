/** Reads the user's input from the `ask_user` form. Pure. */
import type { Answer, AskUserInput, Question } from "@/lib/ai/tools/ask_user/types"

export type Fault = "required" | "between" | "atLeast" | "atMost"

/** The answer to one question in a form, undefined when there is none, and its validation error. */
function answerIn(form: FormData, question: Question): { answer?: Answer; fault?: Fault } {
  const { id, optional } = question
  const missing = optional ? {} : { fault: "required" as const }
  if (question.type === "choice" && question.several) {
    const chosen = form.getAll(id).map(String)
    return chosen.length > 0 ? { answer: chosen } : missing
  }
  const text = String(form.get(id) ?? "").trim()
  if (text === "") return missing
  if (question.type === "yes_no") return { answer: text === "yes" }
  if (question.type !== "number") return { answer: text }
  const number = Number(text)
  if (!Number.isFinite(number)) return { fault: "required" }
  const { min, max } = question
  const inside = (min === undefined || number >= min) && (max === undefined || number <= max)
  if (inside) return { answer: number }
  return { fault: min !== undefined && max !== undefined ? "between" : min !== undefined ? "atLeast" : "atMost" }
}

/** All answers of a form, or the errors by question id. */
export function readForm(form: FormData, { questions }: AskUserInput) {
  const answers: Record<string, Answer> = {}
  const faults: Record<string, Fault> = {}
  for (const question of questions) {
    const { answer, fault } = answerIn(form, question)
    if (fault) faults[question.id] = fault
    else if (answer !== undefined) answers[question.id] = answer
  }
  return { answers, faults }
}
