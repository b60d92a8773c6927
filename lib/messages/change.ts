/** A version of an answer in which one part was changed. Pure; a separate module, without the schemas of all parts. */
import type { StoredChange } from "@/lib/messages/change.types"
import { cleanedPart } from "@/lib/messages/clean-part"
import type { ChatMessage } from "@/lib/messages/types"

type Parts = ChatMessage["parts"]

const placeOf = (parts: Parts) => parts.findLastIndex(({ type }) => type === "data-change")

/** The change that created a version; null for any other. */
export function changeOf(parts: Parts): StoredChange | null {
  const part = parts[placeOf(parts)]
  return part?.type === "data-change" ? part.data : null
}

/** A change that is being written, or that the user has yet to accept or discard. */
export function openChange(parts: Parts): StoredChange | null {
  const change = changeOf(parts)
  return change && change.state !== "taken" ? change : null
}

/** The texts of an answer, which a change refers to by index. */
export const textsOf = (parts: Parts): string[] => parts.flatMap((part) => (part.type === "text" ? [part.text] : []))

/** The text written so far for a change: it follows the original answer. */
export const writtenOf = (parts: Parts): string => textsOf(parts.slice(placeOf(parts) + 1)).join("")

/** The current text of the changed part. */
export function newPartOf(parts: Parts, change: StoredChange): string {
  if (change.state === "asked") return writtenOf(parts)
  return change.begun ?? (textsOf(parts)[change.text] ?? "").slice(change.start, change.start + change.length)
}

/**
 * The parts after a change has ended: with the new part in place if it is `whole`; otherwise the original answer, with
 * the unfinished text kept separately. Returned unchanged if there is no change.
 */
export function settleChange(parts: Parts, whole: boolean): Parts {
  const place = placeOf(parts)
  const change = changeOf(parts)
  if (change?.state !== "asked") return parts
  const answer = parts.slice(0, place)
  const text = textsOf(answer)[change.text] ?? ""
  const [before, after] = [text.slice(0, change.start), text.slice(change.start + change.old.length)]
  const came = writtenOf(parts)
  const part = whole && came.trim() !== "" ? cleanedPart(came, { before, old: change.old, after }) : null
  const settled: StoredChange = {
    ...change,
    state: "open",
    ...(part === null ? { length: change.old.length, begun: came } : { length: part.length }),
  }
  const texts = part === null ? answer : withText(answer, change.text, before + part + after)
  return [...texts, { type: "data-change", id: "change", data: settled }]
}

/** The parts with a different text at this index of the texts. */
function withText(parts: Parts, number: number, text: string): Parts {
  let count = 0
  return parts.map((part) => (part.type === "text" && count++ === number ? { ...part, text } : part))
}

/** Marks the change as accepted: the version becomes an ordinary one. */
export const acceptedChange = (parts: Parts): Parts =>
  parts.map((part) => (part.type === "data-change" ? { ...part, data: { ...part.data, state: "taken" } } : part))
