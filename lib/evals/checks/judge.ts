/** Interprets the answer of a judge model. Pure. */
import { z } from "zod"
import type { Finding } from "@/lib/evals/checks/check"
import { sentence } from "@/lib/i18n/sentences"
import { jsonIn } from "@/lib/output/json-in-text"
import { readJson } from "@/lib/output/json-source"
import { sourceProblems } from "@/lib/output/source-problems"

/** Maximum number of characters of a judge's answer to store. */
const MAX_KEPT = 10_000

const verdictSchema = z.strictObject({ reason: z.string(), pass: z.boolean() })

/**
 * Reads a judge's answer. Only JSON of exactly this shape counts, without surrounding text or duplicate members:
 * anything else is no judgment, which is never a pass.
 */
export function readJudgment(text: string, finishReason: string, model: string): Finding {
  const kept = text.slice(0, MAX_KEPT).toWellFormed()
  const none = (
    key: "eval:judge/filtered" | "eval:judge/cut" | "eval:judge/empty" | "eval:judge/unreadable",
  ): Finding => ({
    ...{ verdict: "unjudged", why: sentence(key), judge: { model, text: kept, reason: null } },
  })
  if (finishReason === "content-filter") return none("eval:judge/filtered")
  if (finishReason === "length") return none("eval:judge/cut")
  if (text.trim() === "") return none("eval:judge/empty")
  const { json, around } = jsonIn(text)
  const said = verdictSchema.safeParse(parsed(json)).data
  if (!said || around !== "" || sourceProblems(readJson(json).value, 1).length > 0) return none("eval:judge/unreadable")
  const { pass, reason } = said
  return { verdict: pass ? "pass" : "fail", judge: { model, text: kept, reason: reason.slice(0, MAX_KEPT) } }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
