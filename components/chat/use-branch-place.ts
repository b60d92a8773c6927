"use client"

import { type RefObject, useCallback, useLayoutEffect, useRef } from "react"
import { articleOf } from "@/components/scroll/jump"
import type { ConversationSession } from "@/components/session/session"

interface Switch {
  to: string
  /** Pixels from the top of the window to what was pressed. */
  top: number
  /** Which of the two buttons had the focus; -1: none. */
  focused: number
}

/** Frames in which what is new may still get its height. */
const SETTLING_FRAMES = 3

const pagerOf = (article: HTMLElement | null) => article?.querySelector<HTMLElement>("[data-pager]") ?? null
/** The ways before and after; what stands between them leads to the map. */
const buttonsOf = (pager: HTMLElement) => [...pager.querySelectorAll<HTMLButtonElement>("button:not([aria-haspopup])")]

/**
 * Shows another branch so that the buttons that were pressed stay where they are, with the focus: pressed again they
 * lead on. `onSwitch` is told before anything changes.
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
      const pager = element && shown ? pagerOf(articleOf(element, shown)) : null
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
    const pager = pagerOf(articleOf(scroller, to))
    if (!pager) return
    scroller.scrollTop += pager.getBoundingClientRect().top - top
    if (frames === 0 && focused >= 0) focusIn(pager, focused)
    if (++frames < SETTLING_FRAMES) requestAnimationFrame(step)
  }
  step()
}

/** The same button, or the other one where this way has come to its end. */
function focusIn(pager: HTMLElement, index: number): void {
  const buttons = buttonsOf(pager)
  const button = buttons[index]?.disabled ? buttons.find(({ disabled }) => !disabled) : buttons[index]
  button?.focus({ preventScroll: true })
}
