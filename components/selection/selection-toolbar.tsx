"use client"

import { TextQuote, WandSparkles } from "lucide-react"
import { useTranslations } from "next-intl"
import { type KeyboardEvent, type RefObject, Suspense, useEffect, useLayoutEffect, useRef, useState } from "react"
import { focusWhenRendered, goOn } from "@/components/base/focus"
import { selectedMarkdown } from "@/components/message/markdown/text/selected-text"
import { isChangeable, partToChange } from "@/components/selection/change-part"
import { toolbarPosition } from "@/components/selection/place-toolbar"
import { insertQuote } from "@/components/selection/quote-into"
import type { Selected } from "@/components/selection/selected"
import type { SelectionToolsProps } from "@/components/selection/selection-tools"
import { useSelected } from "@/components/selection/use-selected"
import { Button } from "@/components/ui/button"
import { lazyOverlay } from "@/components/ui/lazy-part"
import { toast } from "@/components/ui/toast"
import { cn } from "@/lib/cn"
import { MAX_CHANGE_CHARS } from "@/lib/limits"
import type { ChangeRequest } from "@/lib/messages/change.types"

const ChangeDialog = lazyOverlay(() => import("@/components/selection/change-dialog"))

/** A small toolbar at text selected in a message. */
export default function SelectionToolbar({ scroller, draft, session, busy }: SelectionToolsProps) {
  const t = useTranslations("selection")
  const { selected, dismiss, recall } = useSelected(scroller)
  const bar = useRef<HTMLDivElement>(null)
  const place = usePlace(selected, bar, scroller)
  useToolbarKeys({ bar, shown: selected !== null, dismiss, recall })
  const changing = useChanging(session)
  const quote = ({ range }: Selected) => {
    insertQuote(draft, selectedMarkdown(range))
    dismiss()
  }
  return (
    <>
      <span role="status" className="sr-only">
        {selected && t("selected", { keys: modifierName() })}
      </span>
      {selected && (
        <div
          ref={bar}
          role="toolbar"
          aria-label={t("toolbar")}
          data-selection-tools
          onKeyDown={moveAmongButtons}
          // Keeps the selection and the focus.
          onMouseDown={(event) => event.preventDefault()}
          style={place ?? undefined}
          className={cn(
            "fixed z-30 flex items-center gap-0.5 rounded-lg border bg-popover p-1 shadow-float",
            !place && "invisible",
          )}
        >
          <Button variant="ghost" size="sm" className="text-foreground" onClick={() => quote(selected)}>
            <TextQuote className="size-4" aria-hidden /> {t("quote")}
          </Button>
          {changing.answerOf(selected) && (
            <Button
              variant="ghost"
              size="sm"
              className="text-foreground"
              disabled={busy}
              onClick={() => {
                dismiss()
                void changing.open(selected)
              }}
            >
              <WandSparkles className="size-4" aria-hidden /> {t("changeButton")}
            </Button>
          )}
        </div>
      )}
      {changing.dialog}
    </>
  )
}

/** Manages changing a selection. */
function useChanging(session: SelectionToolsProps["session"]) {
  const t = useTranslations("selection")
  const [part, setPart] = useState<Omit<ChangeRequest, "wish"> | null>(null)
  const answerOf = ({ messageId, part: place }: Selected) => {
    const message = session.snapshot().messages.find(({ id }) => id === messageId)
    return place !== null && isChangeable(message) ? message : null
  }
  const open = async (selected: Selected) => {
    const answer = answerOf(selected)
    const found = answer && (await partToChange(answer, selected).catch(() => null))
    if (!found) return toast.error(t("notFound"))
    const { length } = found.old
    if (length > MAX_CHANGE_CHARS) return toast.error(t("tooLong", { length, limit: MAX_CHANGE_CHARS }))
    setPart(found)
  }
  const dialog = part && (
    <Suspense>
      <ChangeDialog
        part={part.old}
        onClose={() => setPart(null)}
        onChange={(wish) => {
          setPart(null)
          session.change({ ...part, wish })
          // After the dialog has closed, which would leave the focus on nothing.
          setTimeout(goOn)
        }}
      />
    </Suspense>
  )
  return { answerOf, open, dialog }
}

const isMac = () => /Mac|iPhone|iPad/.test(navigator.platform)
const modifierName = () => (isMac() ? "⌘ ⇧ ." : "Ctrl Shift .")

const isTouch = () => window.matchMedia("(pointer: coarse)").matches

/** Stays beside the selection while the messages scroll; null while it is out of view. */
function usePlace(
  selected: Selected | null,
  bar: RefObject<HTMLDivElement | null>,
  scroller: RefObject<HTMLElement | null>,
) {
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null)
  useLayoutEffect(() => {
    const element = scroller.current
    if (!selected || !element) return setPlace(null)
    const measure = () => {
      const { width = 0, height = 0 } = bar.current?.getBoundingClientRect() ?? {}
      const lines = [...selected.range.getClientRects()].filter((line) => line.width > 0)
      setPlace(toolbarPosition({ lines, view: element.getBoundingClientRect(), width, height, touch: isTouch() }))
    }
    measure()
    const left = new AbortController()
    element.addEventListener("scroll", measure, { passive: true, signal: left.signal })
    window.addEventListener("resize", measure, { signal: left.signal })
    return () => left.abort()
  }, [selected, bar, scroller])
  return place
}

interface Keys {
  bar: RefObject<HTMLDivElement | null>
  shown: boolean
  dismiss: () => void
  recall: () => Selected | null
}

/** Ctrl/⌘ Shift . focuses the toolbar, Escape closes it. */
function useToolbarKeys({ bar, shown, dismiss, recall }: Keys): void {
  const back = useRef<Element | null>(null)
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const within = bar.current?.contains(document.activeElement) ?? false
      if (event.key === "Escape" && shown && !event.isComposing) {
        event.preventDefault()
        event.stopPropagation()
        dismiss()
        const target = within && back.current?.isConnected ? back.current : null
        if (target instanceof HTMLElement && target !== document.body) target.focus({ preventScroll: true })
      }
      if (!(event.ctrlKey || event.metaKey) || !event.shiftKey || event.altKey || event.code !== "Period") return
      if (document.querySelector("[role='dialog']") || !recall()) return
      event.preventDefault()
      if (!within) back.current = document.activeElement
      focusWhenRendered(() => bar.current?.querySelector("button"), { preventScroll: true })
    }
    window.addEventListener("keydown", onKey, true)
    return () => window.removeEventListener("keydown", onKey, true)
  }, [bar, shown, dismiss, recall])
}

/** ← and → move between buttons. */
function moveAmongButtons({ key, currentTarget }: KeyboardEvent<HTMLElement>): void {
  const rtl = document.documentElement.dir === "rtl"
  const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[key]
  if (!step) return
  const buttons = [...currentTarget.querySelectorAll("button")]
  const next = buttons.findIndex((button) => button.matches(":focus")) + step
  buttons[(next + buttons.length) % buttons.length]?.focus()
}
