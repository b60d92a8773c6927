/** The version of an answer in which one part is another. Pure; by itself, without the schemas of all parts. */
import type { StoredChange } from "@/lib/messages/change.types"
import { cleanedPart } from "@/lib/messages/clean-part"
import type { ChatMessage } from "@/lib/messages/types"

type Parts = ChatMessage["parts"]

const placeOf = (parts: Parts) => parts.findLastIndex(({ type }) => type === "data-change")

/** The change that a version came from; null for what is none. */
export function changeOf(parts: Parts): StoredChange | null {
  const part = parts[placeOf(parts)]
  return part?.type === "data-change" ? part.data : null
}

/** A change that is being written, or that the person has yet to take or leave. */
export function openChange(parts: Parts): StoredChange | null {
  const change = changeOf(parts)
  return change && change.state !== "taken" ? change : null
}

/** The texts of an answer, by which a change counts. */
export const textsOf = (parts: Parts): string[] => parts.flatMap((part) => (part.type === "text" ? [part.text] : []))

/** What came of a change while it is written: it stands behind the answer as it was. */
export const writtenOf = (parts: Parts): string => textsOf(parts.slice(placeOf(parts) + 1)).join("")

/** What stands in the place of the part now. */
export function newPartOf(parts: Parts, change: StoredChange): string {
  if (change.state === "asked") return writtenOf(parts)
  return change.begun ?? (textsOf(parts)[change.text] ?? "").slice(change.start, change.start + change.length)
}

/**
 * The parts of a change that has ended: with the new part in its place when it is `whole`; else the answer as it was,
 * and what came beside it. What is no change stays as it is.
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

/** The parts with another text in the place of the text of this number. */
function withText(parts: Parts, number: number, text: string): Parts {
  let count = 0
  return parts.map((part) => (part.type === "text" && count++ === number ? { ...part, text } : part))
}

/** The person has taken the change: the version is one like any other. */
export const takenChange = (parts: Parts): Parts =>
  parts.map((part) => (part.type === "data-change" ? { ...part, data: { ...part.data, state: "taken" } } : part))
