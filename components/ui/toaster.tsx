"use client"

import { CircleAlert, CircleCheck, TriangleAlert, X } from "lucide-react"
import { useTranslations } from "next-intl"
import { type FocusEvent, type PointerEvent, useEffect, useRef, useState } from "react"
import { goOn } from "@/components/base/focus"
import { useStore } from "@/components/base/store"
import { Button } from "@/components/ui/button"
import { IconButton } from "@/components/ui/icon-button"
import { dismiss, type Notice, notices } from "@/components/ui/toast"

const MARKS = {
  message: null,
  success: <CircleCheck className="text-success" aria-hidden />,
  warning: <TriangleAlert className="text-spark-text" aria-hidden />,
  error: <CircleAlert className="text-danger" aria-hidden />,
}

/** Elements where Escape has its own meaning. */
const OWN_ESCAPE = "[role='dialog'], [role='menu'], [role='listbox'], [role='toolbar'], [role='log'][aria-busy='true']"
const SWIPED_PX = 60

/**
 * Shows toasts at the top of the chat column, clear of the latest text and the input field. They stay while hovered or
 * focused, or while the page is hidden. Alt+T focuses them; Escape, a swipe and their button dismiss them.
 */
export function Toaster() {
  const t = useTranslations("common")
  const shown = useStore(notices)
  const list = useRef<HTMLElement>(null)
  const { held, on } = useHeld()
  useToastKeys(list)
  return (
    // A live region for screen readers.
    <section
      ref={list}
      aria-label={t("notifications")}
      aria-keyshortcuts="Alt+T"
      aria-live="polite"
      aria-relevant="additions text"
      className="toasts"
    >
      <ol {...on} className="contents">
        {shown.map((notice) => (
          <Toast key={notice.id} notice={notice} held={held} />
        ))}
      </ol>
    </section>
  )
}

/** Pauses toasts while the user interacts with them. When the focused one is removed, focus returns to where it was. */
function useHeld() {
  const [over, setOver] = useState(false)
  const [inside, setInside] = useState(false)
  const [hidden, setHidden] = useState(false)
  const before = useRef<EventTarget | null>(null)
  const shown = useStore(notices)
  useEffect(() => {
    const look = () => setHidden(document.hidden)
    document.addEventListener("visibilitychange", look)
    return () => document.removeEventListener("visibilitychange", look)
  }, [])
  useEffect(() => {
    if (shown.length === 0) setOver(false)
    if (!inside || document.activeElement !== document.body) return
    setInside(false)
    const back = before.current instanceof HTMLElement && before.current.isConnected ? before.current : null
    if (back) back.focus({ preventScroll: true })
    else goOn()
  }, [shown, inside])
  return {
    held: over || inside || hidden,
    on: {
      onPointerEnter: () => setOver(true),
      onPointerLeave: () => setOver(false),
      onFocus: ({ relatedTarget, currentTarget }: FocusEvent) => {
        if (!currentTarget.contains(relatedTarget)) before.current = relatedTarget
        setInside(true)
      },
      onBlur: ({ relatedTarget, currentTarget }: FocusEvent) => {
        // A null target means that the focused element was removed with its toast.
        if (relatedTarget && !currentTarget.contains(relatedTarget)) setInside(false)
      },
    },
  }
}

function useToastKeys(list: { current: HTMLElement | null }): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.altKey && event.code === "KeyT" && !event.ctrlKey && !event.metaKey) {
        event.preventDefault()
        const buttons = list.current?.querySelectorAll("button") ?? []
        const newest = [...buttons].at(-1)?.closest("li")
        newest?.querySelector("button")?.focus()
      }
      if (event.key !== "Escape" || event.defaultPrevented || event.isComposing) return
      const within = list.current?.contains(document.activeElement)
      if (!within && document.querySelector(OWN_ESCAPE)) return
      const passing = notices.get().filter(({ duration }) => Number.isFinite(duration))
      dismiss(passing.map(({ id }) => id))
    }
    window.addEventListener("keydown", onKey)
    return () => window.removeEventListener("keydown", onKey)
  }, [list])
}

function Toast({ notice, held }: { notice: Notice; held: boolean }) {
  const common = useTranslations("common")
  const { id, kind, text, action, duration } = notice
  const swipe = useSwipe(() => dismiss([id]))
  useCountdown(notice, held)
  return (
    <li
      data-toast={kind}
      {...swipe.on}
      style={swipe.by ? { transform: `translateX(${swipe.by}px)`, opacity: 1 - Math.abs(swipe.by) / 300 } : undefined}
      className="pointer-events-auto flex w-fit min-w-0 max-w-full touch-pan-y items-center gap-2 rounded-lg border bg-popover py-1.5 ps-3.5 pe-1.5 text-foreground text-sm shadow-float [&>svg]:size-4 [&>svg]:shrink-0"
    >
      {MARKS[kind]}
      <span className="wrap-anywhere line-clamp-3 min-w-0 py-1 leading-5">{text}</span>
      {action && (
        <Button
          size="sm"
          onClick={() => {
            action.onClick()
            dismiss([id])
          }}
        >
          {action.label}
        </Button>
      )}
      {/* A toast that stays because it requires an action can't be dismissed. */}
      {(Number.isFinite(duration) || !action) && (
        <IconButton label={common("dismiss")} onClick={() => dismiss([id])}>
          <X className="size-4" />
        </IconButton>
      )}
    </li>
  )
}

/** Removes a toast when its time is up, not counting time while held. */
function useCountdown(notice: Notice, held: boolean): void {
  const left = useRef(notice.duration)
  useEffect(() => {
    left.current = notice.duration
  }, [notice])
  useEffect(() => {
    if (held || !Number.isFinite(left.current)) return
    const begun = performance.now()
    const timer = setTimeout(() => dismiss([notice.id]), left.current)
    return () => {
      clearTimeout(timer)
      left.current = Math.max(1_000, left.current - (performance.now() - begun))
    }
  }, [notice, held])
}

/** Dismisses it by swiping to either side. */
function useSwipe(onSwiped: () => void) {
  const [by, setBy] = useState(0)
  const begun = useRef<number | null>(null)
  const end = () => {
    begun.current = null
    setBy(0)
  }
  return {
    by,
    on: {
      onPointerDown: ({ pointerType, clientX }: PointerEvent) => {
        if (pointerType === "touch") begun.current = clientX
      },
      onPointerMove: ({ clientX }: PointerEvent) => begun.current !== null && setBy(clientX - begun.current),
      onPointerUp: () => {
        if (Math.abs(by) > SWIPED_PX) onSwiped()
        end()
      },
      onPointerCancel: end,
    },
  }
}
