"use client"

/** Edits of messages that are not sent: kept in the browser until they are, or are cancelled. */
import { type RefObject, useEffect, useEffectEvent, useRef } from "react"
import type { Edited, Part } from "@/components/base/message-content"
import { browserStorage, type PageStorage, pageStorage, readJson } from "@/components/base/storage"
import { isRecord } from "@/lib/is-record"

interface KeptEdit extends Edited {
  conversation: string
  message: string
}

const KEY = "sparkler:edits"
/** Of all conversations, the newest. */
const MOST = 20
/** Milliseconds of quiet before an edit is written. */
const WRITE_AFTER_MS = 250

/** Of a temporary conversation nothing outlives the page. */
const ofPage = pageStorage()
const storageOf = (lasts: boolean): PageStorage => (lasts ? browserStorage : ofPage)

/** Written by this site: the outline is enough. */
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

/** What was written in place of a message and not sent. `lasts`: not of a temporary conversation. */
export function keptEdit(message: string, lasts: boolean): Edited | null {
  const found = all(storageOf(lasts)).find((edit) => edit.message === message)
  return found ? { text: found.text, attached: found.attached } : null
}

export function keepEdit(edit: KeptEdit, lasts: boolean): void {
  const storage = storageOf(lasts)
  write(storage, [edit, ...all(storage).filter(({ message }) => message !== edit.message)])
}

/** It was sent or cancelled. */
export function dropEdit(message: string, lasts: boolean): void {
  const storage = storageOf(lasts)
  const edits = all(storage)
  const rest = edits.filter((edit) => edit.message !== message)
  if (rest.length < edits.length) write(storage, rest)
}

/** A conversation is gone. */
export function forgetEdits(conversation: string): void {
  const edits = all(browserStorage)
  const rest = edits.filter((edit) => edit.conversation !== conversation)
  if (rest.length < edits.length) write(browserStorage, rest)
}

interface Options {
  conversation: string | null
  message: string
  lasts: boolean
  edited: Edited
  /** It is another than the message. */
  changed: boolean
}

/** Keeps an edit while it is written. Returns what has it kept no more, as soon as it is true. */
export function useKeptEdit({ conversation, message, lasts, edited, changed }: Options): RefObject<boolean> {
  const ended = useRef(false)
  const { text, attached } = edited
  const keep = useEffectEvent(() => {
    if (conversation === null) return
    if (ended.current || !changed) dropEdit(message, lasts)
    else keepEdit({ conversation, message, text, attached }, lasts)
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a moment after each change
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
