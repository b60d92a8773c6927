"use client"

import { useEffect, useEffectEvent, useState } from "react"
import { schemaNameFor } from "@/components/schemas/schema-text"
import { useSchemaCheck } from "@/components/schemas/use-schema-check"
import type { OutputRequest } from "@/lib/messages/types"
import { SCHEMA_TEMPLATES } from "@/lib/output/templates"

export const OWN = "own"
/** One of the user's saved schemas. */
export const KEPT = "kept"

/** A schema as text. */
interface Written {
  text: string
  name: string
}

/** The custom schema last written on this page, restored when custom is selected again. */
let lastOwn: Written = { text: "", name: "" }

/**
 * State for choosing the output format. A choice takes effect immediately, a custom schema as soon as it is valid:
 * until then the previous format stays in effect, and `settle` reports that it isn't done.
 */
export function useOutputChoice(output: OutputRequest | null, onChange: (output: OutputRequest | null) => void) {
  const [choice, setChoice] = useState(() => choiceOf(output))
  const [written, setWritten] = useState(() => writtenOf(output))
  const [held, setHeld] = useState(choice === OWN ? written : null)
  const own = choice === OWN
  const { schema, problem, fits, check } = useSchemaCheck(written.text, own)
  const unsaved = own && !isSame(held, written)

  const hold = (usable: Record<string, unknown>) => {
    setHeld(written)
    onChange({ type: "json_schema", name: schemaNameFor(written.name, usable), schema: usable })
  }
  const holdWhatFits = useEffectEvent(() => fits && hold(fits))
  useEffect(() => {
    if (unsaved && fits) holdWhatFits()
  }, [unsaved, fits])

  const choose = (next: string) => {
    setChoice(next)
    setHeld(null)
    const template = SCHEMA_TEMPLATES.find((candidate) => candidate.name === next)
    if (next === "off") onChange(null)
    else if (next === "json") onChange({ type: "json" })
    else if (template) {
      const request: OutputRequest = { type: "json_schema", name: template.name, schema: template.schema }
      setWritten(writtenOf(request))
      onChange(request)
    } else setWritten(lastOwn)
  }
  /** Selects one of the user's saved schemas. */
  const takeKept = (request: Extract<OutputRequest, { type: "json_schema" }>) => {
    setChoice(KEPT)
    setHeld(null)
    setWritten(writtenOf(request))
    onChange(request)
  }
  const change = (next: Written) => {
    lastOwn = next
    setWritten(next)
    setChoice(OWN)
  }
  /** Applies what is written. Resolves to false when the custom schema is invalid; its problem is shown. */
  const settle = async () => {
    if (!own) return true
    if ((await check()) !== null || !schema) return false
    hold(schema)
    return true
  }

  return {
    ...{ choice, choose, takeKept, written, change, settle, schema, fits },
    problem: own ? problem : null,
    /** What is written is not in effect. */
    unsaved: unsaved && written.text.trim() !== "",
  }
}

const isSame = (a: Written | null, b: Written): boolean => a?.text === b.text && a.name === b.name

const writtenOf = (output: OutputRequest | null): Written =>
  output?.type === "json_schema"
    ? { text: JSON.stringify(output.schema, null, 2), name: output.name }
    : { text: "", name: "" }

function choiceOf(output: OutputRequest | null): string {
  if (!output) return "off"
  if (output.type === "json") return "json"
  if (output.stored) return KEPT
  const text = JSON.stringify(output.schema)
  const template = SCHEMA_TEMPLATES.find(({ name, schema }) => name === output.name && JSON.stringify(schema) === text)
  return template?.name ?? OWN
}
