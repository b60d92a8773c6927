/** The user's edits to the values of a structured answer. Pure; safe to import in the browser. */
import { MAX_VALUES, type StoredEdits, type ValueEdit } from "@/lib/messages/edits.types"
import type { ChatMessage, OutputCheck } from "@/lib/messages/types"
import { answerText } from "@/lib/output/answer/repair"
import { withValues } from "@/lib/output/answer/write"
import { jsonIn } from "@/lib/output/json-in-text"
import { JsonObject, prettyJson, readJson } from "@/lib/output/json-source"
import { jsonText } from "@/lib/output/rows"
import { isWithin, parentPointer, valueAt } from "@/lib/output/view/pointers"

type Parts = ChatMessage["parts"]

/** The edited values; null if there are none. */
export function editsOf(parts: Parts): StoredEdits | null {
  const part = parts.findLast(({ type }) => type === "data-edits")
  return part?.type === "data-edits" ? part.data : null
}

/** The text with the edits applied; unchanged if it isn't complete JSON. */
export function editedText(text: string, { values }: Pick<StoredEdits, "values">): string {
  const { value, state } = readJson(jsonIn(text).json)
  if (state !== "whole") return text
  return prettyJson(withValues(value, new Map(values.map(({ path, json }) => [path, readJson(json).value]))))
}

/** The effective text, with edits applied: the one that is copied, shared, exported, and shown to models. */
export function effectiveText(parts: Parts): string {
  const edits = editsOf(parts)
  const text = answerText(parts)
  return edits ? editedText(text, edits) : text
}

/** The check result for the effective text. */
export const effectiveCheck = (parts: Parts, check: OutputCheck | undefined): OutputCheck | undefined =>
  editsOf(parts)?.check ?? check

/** A structured answer as others receive it: only the effective text. Other messages are returned unchanged. */
export function withEffectiveText<Message extends Pick<ChatMessage, "parts">>(message: Message): Message {
  if (!editsOf(message.parts)) return message
  const others = message.parts.filter(({ type }) => type !== "text" && type !== "data-edits")
  return { ...message, parts: [...others, { type: "text", text: effectiveText(message.parts) }] }
}

export type Applied = { values: StoredEdits["values"] } | { refused: "conflict" | "invalid" }

/**
 * Applies edits on top of the stored ones. Returns a conflict when a value differs from the one its editor saw; returns
 * invalid when a value isn't JSON or has no place in the answer.
 */
export function withEdits(text: string, stored: StoredEdits | null, edits: ValueEdit[]): Applied {
  const { value, state } = readJson(jsonIn(text).json)
  if (state !== "whole") return { refused: "invalid" }
  const values = new Map(stored?.values.map(({ path, json }) => [path, json]))
  for (const { path, json, was } of edits) {
    if ((values.get(path) ?? null) !== was) return { refused: "conflict" }
    if (json === null) {
      values.delete(path)
      continue
    }
    const next = readJson(json)
    if (next.state !== "whole" || next.end !== json.length || !hasPlace(value, path)) return { refused: "invalid" }
    // A value that contains another edit can't be overwritten as a whole.
    if ([...values.keys()].some((other) => other !== path && (isWithin(other, path) || isWithin(path, other))))
      return { refused: "invalid" }
    const original = valueAt(value, path)
    if (original !== undefined && jsonText(original) === jsonText(next.value)) values.delete(path)
    else values.set(path, json)
  }
  if (values.size > MAX_VALUES) return { refused: "invalid" }
  return { values: [...values].map(([path, json]) => ({ path, json })) }
}

/** Whether a value exists at the path, or an object that could hold one. */
function hasPlace(value: unknown, path: string): boolean {
  if (path === "" || valueAt(value, path) !== undefined) return path !== ""
  return valueAt(value, parentPointer(path) ?? "") instanceof JsonObject
}

/** The parts with these edits stored; without an edits part if there are none. */
export function withStoredEdits(parts: Parts, edits: StoredEdits): Parts {
  const others = parts.filter(({ type }) => type !== "data-edits")
  return edits.values.length === 0 ? others : [...others, { type: "data-edits", data: edits }]
}
