/** Decides which messages are rendered: those in or near the viewport. The others keep their space and text. */
import { textOf } from "@/components/base/message-content"
import { FOLDED_ANSWER_PX, foldedQuestion, isLongAnswer, isOpen } from "@/components/message/place/folds"
import type { ChatMessage } from "@/lib/messages/types"

/** Pixels around the viewport in which messages are rendered: two screens, so that fast scrolling finds them ready. */
const MARGIN_PX = 1_600

interface Nearness {
  near: boolean
  /** Height in pixels at the time of the observation. */
  height: number
}

type Hear = (nearness: Nearness) => void

const observers = new WeakMap<Element | Document, { observer: IntersectionObserver; hearers: WeakMap<Element, Hear> }>()

/**
 * Calls back when an element comes near the viewport of its scroller, and when it leaves. Returns a function to stop.
 */
export function observeNearViewport(element: Element, hear: Hear): () => void {
  const scroller = element.closest("[data-scroller]")
  const { observer, hearers } = observerOf(scroller)
  hearers.set(element, hear)
  observer.observe(element)
  return () => {
    observer.unobserve(element)
    hearers.delete(element)
  }
}

function observerOf(scroller: Element | null) {
  const key = scroller ?? document
  const known = observers.get(key)
  if (known) return known
  const hearers = new WeakMap<Element, Hear>()
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting, boundingClientRect } of entries)
        hearers.get(target)?.({ near: isIntersecting, height: boundingClientRect.height })
    },
    { root: scroller, rootMargin: `${MARGIN_PX}px 0px` },
  )
  const made = { observer, hearers }
  observers.set(key, made)
  return made
}

/** The user is working in it: it has focus, a selection, or unsent text. */
export function isInUse(element: Element): boolean {
  if (element.contains(document.activeElement) || element.querySelector("textarea")) return true
  const selection = document.getSelection()
  return selection !== null && !selection.isCollapsed && selection.containsNode(element, true)
}

const LINE_PX = 26
const CHARACTERS_A_LINE = { user: 62, assistant: 92, system: 92 }
/** Height around the text, including the gap to the next message. */
const REST_PX = { user: 34, assistant: 46, system: 46 }

/**
 * Estimated height in pixels of a message, from its text and whether it is folded, until it is rendered and measured.
 */
export function estimateHeight(message: ChatMessage): number {
  const height = estimateFullHeight(message)
  if (isOpen(message)) return height
  if (message.role === "assistant") return isLongAnswer(height) ? FOLDED_ANSWER_PX + REST_PX.assistant : height
  const folded = foldedQuestion(textOf(message))
  return folded === null ? height : Math.round(textHeight(folded, "user")) + 2 * REST_PX.user
}

/** Estimated height in pixels when shown whole. */
export function estimateFullHeight({ role, parts }: ChatMessage): number {
  const images = parts.filter(({ type }) => type === "file").length
  // A single image is large, several are in rows.
  let height = REST_PX[role] + (images === 1 ? 320 : Math.ceil(images / 3) * 154)
  for (const part of parts) {
    if (part.type === "data-text-file") height += 62
    else if (part.type === "data-document") height += 82
    else if (part.type === "text") height += textHeight(part.text, role)
    else if (part.type === "data-steer") height += textHeight(part.data.text, "user") + REST_PX.user
    else if ("toolCallId" in part) height += 240
  }
  return Math.round(height)
}

function textHeight(text: string, role: ChatMessage["role"]): number {
  const width = CHARACTERS_A_LINE[role]
  let height = 0
  for (const line of text.split("\n")) height += Math.max(0.4, Math.ceil(line.length / width)) * LINE_PX
  return height
}
