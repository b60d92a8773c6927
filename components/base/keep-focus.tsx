"use client"

import { useEffect } from "react"
import { goOn, isFocusable } from "@/components/base/focus"

/** Overlays that disappear on their own. */
const OVERLAY = "[role='dialog'], [role='menu'], [role='listbox'], .toasts"
/** Elements that restore focus themselves when something in them is removed. */
const KEEPS_ITS_OWN = "[role='dialog'][data-state='open'], [role='menu'][data-state='open']"

/** An element that has or had focus, with its ancestors at that time, which can't be determined after its removal. */
interface Place {
  element: Element
  around: Element[]
}

/**
 * When the focused element is removed or disabled (a button that disappears when pressed, a row that moves), the
 * browser moves focus to the body, and keys no longer work. This moves it to the best alternative: the same item in its
 * new place, the previously focused element, or where the user continues.
 */
export function KeepFocus() {
  useEffect(() => keepFocus(), [])
  return null
}

function keepFocus(): () => void {
  const listeners = new AbortController()
  const { signal } = listeners
  let last: Place | null = null
  /** The last one outside of overlays. */
  let before: Place | null = null
  let due = false

  const restore = () => {
    due = false
    if (!isNowhere() || !last || isFocusable(last.element) || !document.hasFocus()) return
    if (document.querySelector(KEEPS_ITS_OWN)) return
    const [gone, held] = [last, before]
    last = null
    const heir = heirOf(gone) ?? (held && held !== gone ? (usable(held.element) ?? heirOf(held)) : null)
    if (heir) heir.focus({ preventScroll: true })
    else goOn(messageOf(gone) ?? (held && messageOf(held)))
  }
  const look = () => {
    // Nothing is measured here, since a growing answer changes the page constantly.
    if (due || !last) return
    due = true
    // By then the browser has dropped the focus in its rendering step, and code that moves it has done so.
    requestAnimationFrame(() => requestAnimationFrame(restore))
  }
  const onFocus = ({ target }: FocusEvent) => {
    if (!(target instanceof Element)) return
    last = { element: target, around: aroundOf(target) }
    if (!target.closest(OVERLAY)) before = last
  }
  const onBlur = ({ target, relatedTarget }: FocusEvent) => {
    if (relatedTarget || !(target instanceof Element)) return
    // Clicking on empty space intentionally drops focus.
    setTimeout(() => {
      if (last?.element === target && isNowhere() && isFocusable(target) && document.hasFocus()) last = null
    })
  }
  document.addEventListener("focusin", onFocus, { signal })
  document.addEventListener("focusout", onBlur, { signal })
  const observer = new MutationObserver(look)
  observer.observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["disabled", "hidden", "inert"],
  })
  return () => {
    listeners.abort()
    observer.disconnect()
  }
}

const isNowhere = (): boolean => document.activeElement === null || document.activeElement === document.body

function aroundOf(element: Element): Element[] {
  const around: Element[] = []
  for (let next = element.parentElement; next && next !== document.body; next = next.parentElement) around.push(next)
  return around
}

const usable = (element: Element | null | undefined): HTMLElement | null =>
  element instanceof HTMLElement && isFocusable(element) ? element : null

/** The same row in its new place, or the next element in what remains around it. */
function heirOf({ element, around }: Place): HTMLElement | null {
  const row = [element, ...around].find((one) => one.matches("[data-row], li"))
  const id = row?.matches("[data-row]")
    ? row.getAttribute("data-row")
    : row?.querySelector("[data-row]")?.getAttribute("data-row")
  const moved = id ? usable(document.querySelector(`[data-row="${CSS.escape(id)}"]`)) : null
  const list = around.find((one) => one.isConnected && one.closest("nav"))
  if (moved || !list) return moved
  const rest = [list, ...aroundOf(list)].filter((one) => one.closest("nav"))
  for (const part of rest) {
    const next = [...part.querySelectorAll("[data-row], button, a[href]")].find((one) => usable(one))
    if (next) return usable(next)
  }
  return null
}

/** The current element of the message it belongs to. */
function messageOf({ around }: Place): HTMLElement | null {
  const id = around.find((one) => one.matches("article[data-message-id]"))?.getAttribute("data-message-id")
  return id ? document.querySelector<HTMLElement>(`article[data-message-id="${CSS.escape(id)}"]`) : null
}
