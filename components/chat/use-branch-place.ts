"use client"

import { type RefObject, useCallback, useLayoutEffect, useRef } from "react"
import { messageElementOf } from "@/components/scroll/jump"
import type { ConversationSession } from "@/components/session/session"

interface Switch {
  to: string
  /** Pixels from the top of the window to the pressed button. */
  top: number
  /** Which of the two buttons had focus; -1: none. */
  focused: number
}

/** Frames in which new content may still change height. */
const SETTLING_FRAMES = 3

const pagerOf = (article: HTMLElement | null) => article?.querySelector<HTMLElement>("[data-pager]") ?? null
/** The previous and next buttons; the one between them opens the map. */
const buttonsOf = (pager: HTMLElement) => [...pager.querySelectorAll<HTMLButtonElement>("button:not([aria-haspopup])")]

/**
 * Switches branches while keeping the pressed buttons in place and focused, so that they can be pressed again.
 * `onSwitch` is called before anything changes.
 */
export function useBranchPlace(
  scroller: RefObject<HTMLDivElement | null>,
  session: ConversationSession,
  messages: { id: string }[],
  onSwitch: () => void,
): (messageId: string) => void {
  const pending = useRef<Switch | null>(null)
  useLayoutEffect(() => {
    const element = scroller.current
    const { current } = pending
    if (!element || !current || !messages.some(({ id }) => id === current.to)) return
    pending.current = null
    settle(element, current)
  }, [scroller, messages])

  return useCallback(
    (to) => {
      const element = scroller.current
      const { siblings } = session.snapshot()
      const [shown] = Object.entries(siblings).find(([, group]) => group.includes(to)) ?? []
      const pager = element && shown ? pagerOf(messageElementOf(element, shown)) : null
      if (pager) {
        const focused = buttonsOf(pager).findIndex((button) => button.matches(":focus"))
        pending.current = { to, top: pager.getBoundingClientRect().top, focused }
      }
      onSwitch()
      session.handlers.selectSibling(to)
    },
    [scroller, session, onSwitch],
  )
}

function settle(scroller: HTMLElement, { to, top, focused }: Switch): void {
  let frames = 0
  const step = () => {
    const pager = pagerOf(messageElementOf(scroller, to))
    if (!pager) return
    scroller.scrollTop += pager.getBoundingClientRect().top - top
    if (frames === 0 && focused >= 0) focusIn(pager, focused)
    if (++frames < SETTLING_FRAMES) requestAnimationFrame(step)
  }
  step()
}

/** The same button, or the other one at the end of the range. */
function focusIn(pager: HTMLElement, index: number): void {
  const buttons = buttonsOf(pager)
  const button = buttons[index]?.disabled ? buttons.find(({ disabled }) => !disabled) : buttons[index]
  button?.focus({ preventScroll: true })
}
