"use client"

import { useEffect } from "react"
import { canHaveFocus, goOn } from "@/components/base/focus"

/** What stands over the page and goes by itself. */
const OVERLAY = "[role='dialog'], [role='menu'], [role='listbox'], .toasts"
/** What takes the focus back by itself when something in it goes. */
const KEEPS_ITS_OWN = "[role='dialog'][data-state='open'], [role='menu'][data-state='open']"

/** Something that has or had the focus, with what it stood in then: gone, it can't tell any more. */
interface Place {
  element: Element
  around: Element[]
}

/**
 * When what has the focus goes or can't be used any more (a button that is pressed away, a row that moves to another
 * place), the browser lets it fall to the page's body, and the keys with it. Here the next best takes it: the same thing
 * where it stands now, what had the focus before, or where one goes on.
 */
export function KeepFocus() {
  useEffect(() => keepFocus(), [])
  return null
}

function keepFocus(): () => void {
  const listeners = new AbortController()
  const { signal } = listeners
  let last: Place | null = null
  /** The last one that did not stand over the page. */
  let before: Place | null = null
  let due = false

  const restore = () => {
    due = false
    if (!isNowhere() || !last || canHaveFocus(last.element) || !document.hasFocus()) return
    if (document.querySelector(KEEPS_ITS_OWN)) return
    const [gone, held] = [last, before]
    last = null
    const heir = heirOf(gone) ?? (held && held !== gone ? (usable(held.element) ?? heirOf(held)) : null)
    if (heir) heir.focus({ preventScroll: true })
    else goOn(messageOf(gone) ?? (held && messageOf(held)))
  }
  const look = () => {
    // Nothing is measured here: an answer that grows changes the page all the time.
    if (due || !last) return
    due = true
    // The browser takes the focus away when it draws, and who moves it by hand has done it by then.
    requestAnimationFrame(() => requestAnimationFrame(restore))
  }
  const onFocus = ({ target }: FocusEvent) => {
    if (!(target instanceof Element)) return
    last = { element: target, around: aroundOf(target) }
    if (!target.closest(OVERLAY)) before = last
  }
  const onBlur = ({ target, relatedTarget }: FocusEvent) => {
    if (relatedTarget || !(target instanceof Element)) return
    // Who clicks beside everything wants to be nowhere.
    setTimeout(() => {
      if (last?.element === target && isNowhere() && canHaveFocus(target) && document.hasFocus()) last = null
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
  element instanceof HTMLElement && canHaveFocus(element) ? element : null

/** The same row of the list where it stands now, or the next thing in what is left around it. */
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

/** The message that it belongs to, as it is now. */
function messageOf({ around }: Place): HTMLElement | null {
  const id = around.find((one) => one.matches("article[data-message-id]"))?.getAttribute("data-message-id")
  return id ? document.querySelector<HTMLElement>(`article[data-message-id="${CSS.escape(id)}"]`) : null
}
