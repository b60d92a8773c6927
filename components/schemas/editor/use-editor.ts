"use client"

import { useState } from "react"
import { v7 as uuidv7 } from "uuid"
import { ApiError, sentenceOf } from "@/components/base/api"
import { changeSchema, fetchSchema, saveSchema } from "@/components/schemas/library-api"
import type { StoredSchema } from "@/lib/schemas/types"

/** The editable fields of a schema. */
export interface Draft {
  name: string
  description: string
  text: string
}

const draftOf = ({ name, description, text }: Draft): Draft => ({ name, description, text })

/** Undo steps for changes made through the form. */
const MAX_UNDONE = 50

interface Saving {
  busy: boolean
  error: string | null
  /** The server's version, if someone else saved first. */
  newer: StoredSchema | null
}

/** The state of a schema being edited: the draft, the saved version, and saving without overwriting others' changes. */
export function useEditor(stored: StoredSchema | null, begun: Draft) {
  const [kept, setKept] = useState(stored)
  const [draft, setDraft] = useState<Draft>(stored ? draftOf(stored) : begun)
  const [note, setNote] = useState("")
  const [before, setBefore] = useState<string[]>([])
  const [{ busy, error, newer }, setSaving] = useState<Saving>({ busy: false, error: null, newer: null })
  const [id] = useState(() => stored?.id ?? uuidv7())
  const base = kept ?? { name: "", description: "", text: "" }
  const changed = (["name", "description", "text"] as const).filter((part) => draft[part] !== base[part])

  /** Saves the draft based on the version in `over`. Null: it was not saved; the reason is shown. */
  const save = async (over = kept): Promise<StoredSchema | null> => {
    setSaving({ busy: true, error: null, newer: null })
    const said = note.trim() || null
    try {
      const saved = over
        ? await changeSchema(id, { revision: over.revision, ...draft, note: said })
        : await saveSchema({ id, ...draft, note: said })
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
  /** Continues from the saved version, discarding the draft. */
  const take = (schema: StoredSchema) => {
    setKept(schema)
    setDraft(draftOf(schema))
    setNote("")
    setBefore([])
    setSaving({ busy: false, error: null, newer: null })
  }

  return {
    ...{ id, kept, draft, changed, busy, error, newer, save, take },
    /** The note about the next version; kept until one is saved. */
    ...{ note, setNote },
    change: (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part })),
    /** A change not made by typing, which can be undone. */
    replaceText: (text: string) => {
      setBefore((texts) => [...texts, draft.text].slice(-MAX_UNDONE))
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
