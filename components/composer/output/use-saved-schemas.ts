"use client"

import { useEffect, useState } from "react"
import { v7 as uuidv7 } from "uuid"
import { sentenceOf } from "@/components/base/api"
import { fetchSchema, fetchSchemas, saveSchema } from "@/components/schemas/library-api"
import { schemaName } from "@/components/schemas/schema-text"
import { isRecord } from "@/lib/is-record"
import { MAX_SCHEMA_NAME } from "@/lib/limits"
import type { OutputRequest } from "@/lib/messages/types"
import type { SchemaEntry, StoredSchema } from "@/lib/schemas/types"

type SchemaRequest = Extract<OutputRequest, { type: "json_schema" }>

/** A saved schema as an output request; null when its text is no longer a schema. */
export function toSchemaRequest({ id, name, version, text }: StoredSchema): SchemaRequest | null {
  const schema: unknown = JSON.parse(text)
  if (!isRecord(schema)) return null
  return { type: "json_schema", name: schemaName(name) || "response", schema, stored: { id, version } }
}

/** The user's schemas, for choosing a message's output format. */
export function useSavedSchemas() {
  /** Null until loaded. */
  const [schemas, setSchemas] = useState<SchemaEntry[] | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [saved, setSaved] = useState<string | null>(null)
  useEffect(() => {
    let left = false
    fetchSchemas().then(
      (found) => !left && setSchemas(found),
      (error: unknown) => !left && setProblem(sentenceOf(error)),
    )
    return () => {
      left = true
    }
  }, [])
  const attempt = async (work: () => Promise<StoredSchema>): Promise<SchemaRequest | null> => {
    setProblem(null)
    setSaved(null)
    try {
      return toSchemaRequest(await work())
    } catch (error) {
      setProblem(sentenceOf(error))
      return null
    }
  }
  return {
    ...{ schemas, problem },
    /** The name of the schema just saved. */
    saved,
    /** Loads the newest version. Null when unavailable; the reason is shown. */
    choose: (id: string) => attempt(() => fetchSchema(id)),
    /** Saves a schema as written. */
    keep: (name: string, text: string) =>
      attempt(async () => {
        const kept = { id: uuidv7(), name: name.slice(0, MAX_SCHEMA_NAME), description: "", text, note: null }
        const stored = await saveSchema(kept)
        setSchemas((now) => [stored, ...(now ?? [])])
        setSaved(stored.name)
        return stored
      }),
  }
}

export type KeptSchemas = ReturnType<typeof useSavedSchemas>
