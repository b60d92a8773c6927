import { useTranslations } from "next-intl"
import { useCallback, useEffect, useState } from "react"
import { sentenceOf } from "@/components/base/api"

export interface SavedList<T> {
  /** Null until loaded. */
  items: T[] | null
  error: string | null
  busy: boolean
  /** Changes the list on the server and reloads it. Resolves to false when refused, with the reason in `error`. */
  attempt: (work: () => Promise<unknown>) => Promise<boolean>
  /** Deletes one; `removed` holds it for undo until the next change. */
  remove: (item: T, name: string) => Promise<void>
  removed: { name: string; undo: () => void } | null
}

interface Options<T> {
  read: () => Promise<T[]>
  keep: (item: T) => Promise<unknown>
  remove: (item: T) => Promise<unknown>
}

/** A list stored on the server and shown in a dialog. The functions must be stable. */
export function useSavedList<T>({ read, keep, remove }: Options<T>): SavedList<T> {
  const t = useTranslations("presets")
  const [items, setItems] = useState<T[] | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [removed, setRemoved] = useState<SavedList<T>["removed"]>(null)

  const attempt = useCallback(
    async (work: () => Promise<unknown>) => {
      setError(null)
      setRemoved(null)
      setBusy(true)
      try {
        await work()
        setItems(await read())
        return true
      } catch (cause) {
        setError(sentenceOf(cause, t("failed")))
        return false
      } finally {
        setBusy(false)
      }
    },
    [read, t],
  )
  useEffect(() => void attempt(async () => {}), [attempt])

  const removeWithUndo = async (item: T, name: string) => {
    if (!(await attempt(() => remove(item)))) return
    setRemoved({ name, undo: () => void attempt(() => keep(item)) })
  }
  return { items, error, busy, attempt, remove: removeWithUndo, removed }
}
