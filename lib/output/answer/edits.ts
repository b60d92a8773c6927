/** A structured answer with the values that its person wrote over. Pure; safe to import in the browser. */
import { MOST_VALUES, type StoredEdits, type ValueEdit } from "@/lib/messages/edits.types"
import type { ChatMessage, OutputCheck } from "@/lib/messages/types"
import { answerText } from "@/lib/output/answer/repair"
import { withValues } from "@/lib/output/answer/write"
import { jsonIn } from "@/lib/output/json-in-text"
import { JsonObject, prettyJson, readJson } from "@/lib/output/json-source"
import { jsonText } from "@/lib/output/rows"
import { holderOf, isWithin, valueAt } from "@/lib/output/view/pointers"

type Parts = ChatMessage["parts"]

/** The values that were written over; null where there are none. */
export function editsOf(parts: Parts): StoredEdits | null {
  const part = parts.findLast(({ type }) => type === "data-edits")
  return part?.type === "data-edits" ? part.data : null
}

/** The text with other values in their places; as it is when it is no whole JSON. */
export function editedText(text: string, { values }: Pick<StoredEdits, "values">): string {
  const { value, state } = readJson(jsonIn(text).json)
  if (state !== "whole") return text
  return prettyJson(withValues(value, new Map(values.map(({ path, json }) => [path, readJson(json).value]))))
}

/** The text that counts: copied, shared, exported, shown to models. With what was written over. */
export function usedText(parts: Parts): string {
  const edits = editsOf(parts)
  const text = answerText(parts)
  return edits ? editedText(text, edits) : text
}

/** What the check said of the text that counts. */
export const usedCheck = (parts: Parts, check: OutputCheck | undefined): OutputCheck | undefined =>
  editsOf(parts)?.check ?? check

/** A structured answer as others get it: one text, the one that counts. Others stay as they are. */
export function withUsedText<Message extends Pick<ChatMessage, "parts">>(message: Message): Message {
  if (!editsOf(message.parts)) return message
  const others = message.parts.filter(({ type }) => type !== "text" && type !== "data-edits")
  return { ...message, parts: [...others, { type: "text", text: usedText(message.parts) }] }
}

export type Applied = { values: StoredEdits["values"] } | { refused: "conflict" | "invalid" }

/**
 * The values after these edits. Refused as a conflict when something else stands where one of them was written than its
 * writer saw; as invalid when a value is no JSON, or has no place in the answer.
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
    // What holds another edit is not written over as a whole.
    if ([...values.keys()].some((other) => other !== path && (isWithin(other, path) || isWithin(path, other))))
      return { refused: "invalid" }
    const original = valueAt(value, path)
    if (original !== undefined && jsonText(original) === jsonText(next.value)) values.delete(path)
    else values.set(path, json)
  }
  if (values.size > MOST_VALUES) return { refused: "invalid" }
  return { values: [...values].map(([path, json]) => ({ path, json })) }
}

/** There is a value, or an object that could hold one. */
function hasPlace(value: unknown, path: string): boolean {
  if (path === "" || valueAt(value, path) !== undefined) return path !== ""
  return valueAt(value, holderOf(path) ?? "") instanceof JsonObject
}

/** The parts with these values written over; without any when there are none. */
export function withStoredEdits(parts: Parts, edits: StoredEdits): Parts {
  const others = parts.filter(({ type }) => type !== "data-edits")
  return edits.values.length === 0 ? others : [...others, { type: "data-edits", data: edits }]
}
