"use client"

import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react"
import { createPortal } from "react-dom"
import { useKeyText } from "@/components/base/keys"
import { placeOf } from "@/components/ui/tooltip/place"
import { type Tip, TooltipTracker } from "@/components/ui/tooltip/watch"

/** The tooltip and its watcher, loaded on the user's first interaction. `began`: that first event. */
export default function Bubble({ began }: { began: RefObject<Event | null> }) {
  const [tip, setTip] = useState<Tip | null>(null)
  const keyText = useKeyText()
  const bubble = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const watch = new TooltipTracker(setTip, began.current)
    return () => watch.leave()
  }, [began])
  useLayoutEffect(() => {
    const { current } = bubble
    if (!tip || !current) return
    const { left, top } = placeOf({
      target: tip.target.getBoundingClientRect(),
      tip: { width: current.offsetWidth, height: current.offsetHeight },
      view: { width: document.documentElement.clientWidth, height: window.innerHeight },
      aside: tip.aside,
      rtl: document.dir === "rtl",
    })
    current.style.translate = `${Math.round(left)}px ${Math.round(top)}px`
  }, [tip])
  if (!tip) return null
  const keys = tip.keys && keyText(tip.keys)
  return createPortal(
    <div
      ref={bubble}
      data-part="tooltip"
      aria-hidden
      dir="auto"
      // Pressing it doesn't move focus.
      onMouseDown={(event) => event.preventDefault()}
      className="pointer-events-auto fixed top-0 left-0 z-[60] max-w-[min(20rem,calc(100vw-16px))] whitespace-pre-line break-words rounded-md border border-transparent bg-foreground px-2 py-1 font-medium text-background text-xs shadow-float transition-opacity duration-100 starting:opacity-0 motion-reduce:transition-none"
    >
      <span className="line-clamp-10">
        {tip.text}
        {keys && (
          <kbd dir="ltr" className="ms-2 font-sans font-normal opacity-70">
            {keys}
          </kbd>
        )}
      </span>
    </div>,
    document.body,
  )
}
