"use client"

import { useEffect, useState } from "react"
import { v7 as uuidv7 } from "uuid"
import { sentenceOf } from "@/components/base/api"
import { fetchSchema, fetchSchemas, keepSchema } from "@/components/schemas/library-api"
import { schemaName } from "@/components/schemas/schema-text"
import { isRecord } from "@/lib/is-record"
import { MAX_SCHEMA_NAME } from "@/lib/limits"
import type { OutputRequest } from "@/lib/messages/types"
import type { SchemaEntry, StoredSchema } from "@/lib/schemas/types"

type SchemaRequest = Extract<OutputRequest, { type: "json_schema" }>

/** A kept schema as a message asks for it; null where its text is no schema any more. */
export function requestOf({ id, name, version, text }: StoredSchema): SchemaRequest | null {
  const schema: unknown = JSON.parse(text)
  if (!isRecord(schema)) return null
  return { type: "json_schema", name: schemaName(name) || "response", schema, stored: { id, version } }
}

/** The person's schemas, where a message's is chosen. */
export function useKeptSchemas() {
  /** Null until they are read. */
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
      return requestOf(await work())
    } catch (error) {
      setProblem(sentenceOf(error))
      return null
    }
  }
  return {
    ...{ schemas, problem },
    /** The name of what was kept just now. */
    saved,
    /** In its newest version. Null: it can't be had, and why is told. */
    choose: (id: string) => attempt(() => fetchSchema(id)),
    /** Keeps a schema as it is written. */
    keep: (name: string, text: string) =>
      attempt(async () => {
        const kept = { id: uuidv7(), name: name.slice(0, MAX_SCHEMA_NAME), description: "", text, note: null }
        const stored = await keepSchema(kept)
        setSchemas((now) => [stored, ...(now ?? [])])
        setSaved(stored.name)
        return stored
      }),
  }
}

export type KeptSchemas = ReturnType<typeof useKeptSchemas>
