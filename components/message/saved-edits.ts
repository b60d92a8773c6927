"use client"

/** Unsent message edits, stored in the browser until they are sent or canceled. */
import { type RefObject, useEffect, useEffectEvent, useRef } from "react"
import type { Edited, Part } from "@/components/base/message-content"
import { browserStorage, type PageStorage, pageStorage, readJson } from "@/components/base/storage"
import { isRecord } from "@/lib/is-record"

interface KeptEdit extends Edited {
  conversation: string
  message: string
}

const KEY = "sparkler:edits"
/** Edits stored across all conversations; the newest are kept. */
const MOST = 20
/** Milliseconds of inactivity before an edit is written. */
const WRITE_AFTER_MS = 250

/** Edits in a temporary conversation do not outlive the page. */
const ofPage = pageStorage()
const storageOf = (lasts: boolean): PageStorage => (lasts ? browserStorage : ofPage)

/** Written by this site, so a shallow check is enough. */
const isKept = (value: unknown): value is KeptEdit =>
  isRecord(value) &&
  typeof value.conversation === "string" &&
  typeof value.message === "string" &&
  typeof value.text === "string" &&
  Array.isArray(value.attached) &&
  value.attached.every((part): part is Part => isRecord(part) && typeof part.type === "string")

function all(storage: PageStorage): KeptEdit[] {
  const kept = readJson(storage, KEY)
  return Array.isArray(kept) ? kept.filter(isKept) : []
}

function write(storage: PageStorage, edits: KeptEdit[]): void {
  if (edits.length > 0) storage.setItem(KEY, JSON.stringify(edits.slice(0, MOST)))
  else storage.removeItem(KEY)
}

/** The unsent edit of a message. `lasts`: the conversation is not temporary. */
export function savedEdit(message: string, lasts: boolean): Edited | null {
  const found = all(storageOf(lasts)).find((edit) => edit.message === message)
  return found ? { text: found.text, attached: found.attached } : null
}

export function saveEdit(edit: KeptEdit, lasts: boolean): void {
  const storage = storageOf(lasts)
  write(storage, [edit, ...all(storage).filter(({ message }) => message !== edit.message)])
}

/** Called when the edit was sent or canceled. */
export function discardEdit(message: string, lasts: boolean): void {
  const storage = storageOf(lasts)
  const edits = all(storage)
  const rest = edits.filter((edit) => edit.message !== message)
  if (rest.length < edits.length) write(storage, rest)
}

/** Called when a conversation was deleted. */
export function removeEdits(conversation: string): void {
  const edits = all(browserStorage)
  const rest = edits.filter((edit) => edit.conversation !== conversation)
  if (rest.length < edits.length) write(browserStorage, rest)
}

interface Options {
  conversation: string | null
  message: string
  lasts: boolean
  edited: Edited
  /** The edit differs from the message. */
  changed: boolean
}

/** Stores an edit while it is being written. Set the returned ref to true to stop storing it. */
export function useSavedEdit({ conversation, message, lasts, edited, changed }: Options): RefObject<boolean> {
  const ended = useRef(false)
  const { text, attached } = edited
  const keep = useEffectEvent(() => {
    if (conversation === null) return
    if (ended.current || !changed) discardEdit(message, lasts)
    else saveEdit({ conversation, message, text, attached }, lasts)
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs shortly after each change
  useEffect(() => {
    const timer = setTimeout(keep, WRITE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [text, attached])
  useEffect(() => {
    window.addEventListener("pagehide", keep)
    return () => {
      window.removeEventListener("pagehide", keep)
      keep()
    }
  }, [])
  return ended
}
