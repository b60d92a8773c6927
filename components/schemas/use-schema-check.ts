"use client"

import { useEffect, useState } from "react"
import { ApiError, api, isFinal } from "@/components/base/api"
import { readSchemaText, type SchemaProblem } from "@/components/schemas/schema-text"
import { isRecord } from "@/lib/is-record"
import { lineOf } from "@/lib/output/json-line"

/** Milliseconds of inactivity before asking the server. */
const AFTER_MS = 300

interface Checked {
  text: string
  problem: SchemaProblem | null
}

/**
 * Validates a schema while typing: first in the browser, a moment later on the server. `check` validates the current
 * text. An unreachable server rejects nothing.
 */
export function useSchemaCheck(text: string, on: boolean) {
  const [checked, setChecked] = useState<Checked | null>(null)
  const { schema, problem } = readSchemaText(text)
  const known = checked?.text === text ? checked : null
  const check = async (): Promise<SchemaProblem | null> => {
    if (problem || known) return problem ?? known?.problem ?? null
    const found = await ask(text)
    setChecked({ text, problem: found })
    return found
  }
  const asks = on && !problem && !known
  useEffect(() => {
    if (!asks) return
    let left = false
    const timer = setTimeout(async () => {
      const found = await ask(text)
      if (!left) setChecked({ text, problem: found })
    }, AFTER_MS)
    return () => {
      left = true
      clearTimeout(timer)
    }
  }, [asks, text])
  return {
    schema,
    problem: problem ?? known?.problem ?? null,
    /** Also validated by the server, and usable. */
    fits: known !== null && known.problem === null ? schema : null,
    check,
  }
}

async function ask(text: string): Promise<SchemaProblem | null> {
  try {
    const answer = await api("/api/schemas/check", { method: "POST", body: { schema: JSON.parse(text) } })
    if (!isRecord(answer) || !isRecord(answer.problem)) return null
    const { path, message } = answer.problem
    if (typeof path !== "string") return null
    const name = path.split("/").at(-1) ?? ""
    return { is: "refused", line: path === "" ? "none" : lineOf(text, path), name, reason: String(message), path }
  } catch (error) {
    return error instanceof ApiError && isFinal(error)
      ? { is: "refused", line: "none", name: "", reason: error.message, path: "" }
      : null
  }
}
