"use client"

import { useState } from "react"
import { v7 as uuidv7 } from "uuid"
import { ApiError, sentenceOf } from "@/components/base/api"
import { changeSchema, fetchSchema, keepSchema } from "@/components/schemas/library-api"
import type { StoredSchema } from "@/lib/schemas/types"

/** What can be changed of a schema. */
export interface Draft {
  name: string
  description: string
  text: string
}

const draftOf = ({ name, description, text }: Draft): Draft => ({ name, description, text })

/** Texts before changes of the form that can be taken back. */
const MOST_UNDONE = 50

interface Saving {
  busy: boolean
  error: string | null
  /** How it is on the server, where somebody else was faster. */
  newer: StoredSchema | null
}

/** A schema while it is edited: what is written, what is kept, and saving without overwriting what others saved. */
export function useEditor(stored: StoredSchema | null, begun: Draft) {
  const [kept, setKept] = useState(stored)
  const [draft, setDraft] = useState<Draft>(stored ? draftOf(stored) : begun)
  const [note, setNote] = useState("")
  const [before, setBefore] = useState<string[]>([])
  const [{ busy, error, newer }, setSaving] = useState<Saving>({ busy: false, error: null, newer: null })
  const [id] = useState(() => stored?.id ?? uuidv7())
  const base = kept ?? { name: "", description: "", text: "" }
  const changed = (["name", "description", "text"] as const).filter((part) => draft[part] !== base[part])

  /** Keeps what is written as it was seen at `revision`. Null: it wasn't kept, and why is told. */
  const save = async (over = kept): Promise<StoredSchema | null> => {
    setSaving({ busy: true, error: null, newer: null })
    const said = note.trim() || null
    try {
      const saved = over
        ? await changeSchema(id, { revision: over.revision, ...draft, note: said })
        : await keepSchema({ id, ...draft, note: said })
      setKept(saved)
      setNote("")
      setBefore([])
      setSaving({ busy: false, error: null, newer: null })
      return saved
    } catch (cause) {
      const isNewer = cause instanceof ApiError && cause.code === "schema:changed"
      const found = isNewer ? await fetchSchema(id).catch(() => null) : null
      setSaving({ busy: false, error: found ? null : sentenceOf(cause), newer: found })
      return null
    }
  }
  /** Goes on from how it is kept: what was written is left. */
  const take = (schema: StoredSchema) => {
    setKept(schema)
    setDraft(draftOf(schema))
    setNote("")
    setBefore([])
    setSaving({ busy: false, error: null, newer: null })
  }

  return {
    ...{ id, kept, draft, changed, busy, error, newer, save, take },
    /** What is new in the version that is saved next; it stays until one is. */
    ...{ note, setNote },
    change: (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part })),
    /** A change that isn't typed: it can be taken back. */
    replaceText: (text: string) => {
      setBefore((texts) => [...texts, draft.text].slice(-MOST_UNDONE))
      setDraft((now) => ({ ...now, text }))
    },
    undo:
      before.length === 0
        ? null
        : () => {
            setDraft((now) => ({ ...now, text: before.at(-1) ?? now.text }))
            setBefore((texts) => texts.slice(0, -1))
          },
  }
}

export type Editor = ReturnType<typeof useEditor>
