"use client"

import { useTranslations } from "next-intl"
import { type RefObject, useCallback, useEffect, useRef, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { cancelImport, latestImport, readImport, readPreview, startImport, uploadImport } from "@/components/import/api"
import type { Chosen, ImportState, Preview } from "@/lib/import/types"

/** Polling interval in milliseconds while an import is running. */
const LOOK_MS = 700

export interface Importing {
  /** Name of the file being uploaded. */
  uploading: string | null
  state: ImportState | null
  preview: Preview | null
  problem: string | null
  begin(file: File): void
  start(chosen: Chosen): void
  /** Cancels a running import, or dismisses a finished one. */
  cancel(): void
}

/** The user's import on the server, including one started earlier. */
export function useImport(onDone: () => void): Importing {
  const t = useTranslations("appSettings.import")
  const [uploading, setUploading] = useState<string | null>(null)
  const [state, setState] = useState<ImportState | null>(null)
  const [preview, setPreview] = useState<Preview | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const fail = useCallback((error: unknown) => setProblem(sentenceOf(error)), [])
  const stopUpload = useRef<(() => void) | null>(null)
  const mostBytes = useLatest(setState)
  useFollowed(state, setState, fail)
  const ended = state?.state === "done" || state?.state === "cancelled"
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the import has ended
  useEffect(() => {
    if (ended) onDone()
  }, [ended])
  const id = state?.id
  const ready = state?.state === "ready"
  useEffect(() => {
    if (!id || !ready) return setPreview(null)
    readPreview(id).then(setPreview, fail)
  }, [id, ready, fail])
  const begin = async (file: File) => {
    // Checked here, since a rejection by the server arrives only after the whole upload.
    if (file.size > mostBytes.current)
      return setProblem(t("tooLarge", { size: megabytes(file.size), limit: megabytes(mostBytes.current) }))
    setProblem(null)
    setState(null)
    setUploading(file.name)
    const upload = new AbortController()
    stopUpload.current = () => upload.abort()
    try {
      setState(await readImport(await uploadImport(file, upload.signal)))
    } catch (error) {
      if (!upload.signal.aborted) fail(error)
    }
    stopUpload.current = null
    setUploading(null)
  }
  const start = async (chosen: Chosen) => {
    if (!id) return
    await startImport(id, chosen).catch(fail)
    await readImport(id).then(setState, fail)
  }
  const cancel = async () => {
    setProblem(null)
    if (stopUpload.current) return stopUpload.current()
    if (!id) return
    await cancelImport(id).catch(() => undefined)
    setState(state?.state === "importing" ? await readImport(id).catch(() => null) : null)
  }
  return {
    ...{ uploading, state, preview, problem },
    begin: (file) => void begin(file),
    start: (chosen) => void start(chosen),
    cancel: () => void cancel(),
  }
}

/** Loads the last import started. Returns a ref with the maximum file size. */
function useLatest(setState: (state: ImportState | null) => void): RefObject<number> {
  const mostBytes = useRef(Number.POSITIVE_INFINITY)
  useEffect(() => {
    latestImport().then(
      (known) => {
        setState(known.latest)
        mostBytes.current = known.mostBytes
      },
      () => undefined,
    )
  }, [setState])
  return mostBytes
}

const megabytes = (bytes: number) => Math.ceil(bytes / 1e6)

/** Polls while an import is running. */
function useFollowed(
  state: ImportState | null,
  setState: (state: ImportState) => void,
  fail: (error: unknown) => void,
): void {
  const running = state?.state === "reading" || state?.state === "importing"
  useEffect(() => {
    if (!state || !running) return
    const timer = setTimeout(() => void readImport(state.id).then(setState, fail), LOOK_MS)
    return () => clearTimeout(timer)
  }, [state, running, setState, fail])
}
