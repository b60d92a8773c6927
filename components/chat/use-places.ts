"use client"

import { useSearchParams } from "next/navigation"
import { useTranslations } from "next-intl"
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from "react"
import { openAtPage } from "@/components/documents/open-at-page"
import { setOpen } from "@/components/message/place/folds"
import { adjacentQuestion, jumpToMessage } from "@/components/scroll/jump"
import type { ConversationSession } from "@/components/session/session"
import { toast } from "@/components/ui/toast"

type Scroller = RefObject<HTMLDivElement | null>

/** Whether the browser itself supports scroll anchoring. */
const keepsPlace = () => CSS.supports("overflow-anchor", "auto")

/** Keeps the view in place when earlier messages are prepended. */
export function useScrollAnchor(scroller: Scroller, messages: { id: string }[]): void {
  const seen = useRef<{ first: string | undefined; height: number }>({ first: undefined, height: 0 })
  const first = messages[0]?.id
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const { first: before, height } = seen.current
    const added = before !== undefined && before !== first && messages.some(({ id }) => id === before)
    // At the very top no browser anchors the view.
    if (added && (!keepsPlace() || element.scrollTop < 1)) element.scrollTop += element.scrollHeight - height
    seen.current = { first, height: element.scrollHeight }
  }, [scroller, first, messages])
}

/**
 * Jumps to the message named in the URL (`?message=`), loading it if needed, and opens the document page it names
 * (`&document=`, `&page=`).
 */
export function useLinkedMessage(scroller: Scroller, session: ConversationSession, onMissing: () => void): void {
  const params = useSearchParams()
  const named = params.get("message")?.toLowerCase()
  const [document, page] = [params.get("document"), Number(params.get("page") ?? 1)]
  useEffect(() => {
    if (!named) return
    let left = false
    void session.reveal(named).then((found) => {
      if (left) return
      if (!found) return onMissing()
      setOpen(named, true)
      requestAnimationFrame(() => scroller.current && jumpToMessage(scroller.current, named))
      if (document) void openAtPage(document, page)
    })
    return () => {
      left = true
    }
  }, [named, document, page, session, scroller, onMissing])
}

/** Shows the branch of a message and scrolls to it. */
export function useJumpToMessage(scroller: Scroller, session: ConversationSession): (messageId: string) => void {
  const t = useTranslations("branches")
  return useCallback(
    async (messageId) => {
      if (!(await session.reveal(messageId))) return void toast.error(t("notNow"))
      setOpen(messageId, true)
      requestAnimationFrame(() => scroller.current && jumpToMessage(scroller.current, messageId))
    },
    [scroller, session, t],
  )
}

/** Share of the view, so that the last line read stays visible. */
const PAGE_SHARE = 0.9

/** Page Up and Page Down scroll the conversation while the field has focus, unless the field itself scrolls. */
export function usePageKeys(scroller: Scroller): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { key, target, defaultPrevented } = event
      if (key !== "PageUp" && key !== "PageDown") return
      if (defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
      if (!(target instanceof HTMLTextAreaElement) || target.id !== "message") return
      if (target.scrollHeight > target.clientHeight + 1 || !scroller.current) return
      event.preventDefault()
      const page = scroller.current.clientHeight * PAGE_SHARE
      scroller.current.scrollBy({ top: key === "PageUp" ? -page : page })
    }
    window.addEventListener("keydown", onKey)
    return () => window.removeEventListener("keydown", onKey)
  }, [scroller])
}

/** Elements where Escape has its own meaning. */
const OWN_ESCAPE = "textarea, input, select, [role='menu'], [role='dialog'], [role='listbox'], [role='toolbar']"

/** Escape stops an answer being written, wherever the focus is. */
export function useStopKey(busy: boolean, stop: () => void): void {
  useEffect(() => {
    if (!busy) return
    const onKey = ({ key, target, defaultPrevented, isComposing }: KeyboardEvent) => {
      if (key !== "Escape" || defaultPrevented || isComposing) return
      if (document.querySelector("[role='dialog'], [role='menu'], [role='listbox'], [role='toolbar']")) return
      if (!(target instanceof Element && target.closest(OWN_ESCAPE))) stop()
    }
    window.addEventListener("keydown", onKey)
    return () => window.removeEventListener("keydown", onKey)
  }, [busy, stop])
}

/** Alt+↑ and Alt+↓ jump between questions. */
export function useQuestionKeys(scroller: Scroller, session: ConversationSession): void {
  const go = useCallback(
    async (direction: "before" | "behind") => {
      const element = scroller.current
      if (!element) return
      let target = adjacentQuestion(element, direction)
      if (!target && direction === "before") {
        await session.loadEarlier()
        await new Promise((resolve) => requestAnimationFrame(resolve))
        target = adjacentQuestion(element, direction)
      }
      const id = target?.dataset.messageId
      if (id) jumpToMessage(element, id)
    },
    [scroller, session],
  )
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing) return
      if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return
      if (document.querySelector("[role='dialog']")) return
      event.preventDefault()
      void go(event.key === "ArrowUp" ? "before" : "behind")
    }
    window.addEventListener("keydown", onKey)
    return () => window.removeEventListener("keydown", onKey)
  }, [go])
}
