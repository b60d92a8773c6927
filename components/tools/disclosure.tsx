"use client"

import { ChevronRight } from "lucide-react"
import { type ReactNode, useId, useState } from "react"
import { cn } from "@/lib/cn"

interface UnfoldProps {
  /** The line that toggles it. */
  head: ReactNode
  headClass: string
  /** Puts the chevron at the end of the line. */
  atEnd?: boolean
  bodyClass: string
  /** Initially open. */
  opened?: boolean
  children: ReactNode
}

/** A line that toggles its content, which is rendered only while open. */
export function Disclosure({ head, headClass, atEnd = false, bodyClass, opened = false, children }: UnfoldProps) {
  const [chosen, setChosen] = useState<boolean | null>(null)
  const open = chosen ?? opened
  const id = useId()
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setChosen(!open)}
        className={cn("flex items-center text-start", headClass)}
      >
        {head}
        <ChevronRight
          className={cn(
            "size-4 shrink-0 transition-transform",
            atEnd && "ms-auto",
            open ? "rotate-90" : "rtl:rotate-180",
          )}
          aria-hidden
        />
      </button>
      <div id={id} hidden={!open} className={bodyClass}>
        {open && children}
      </div>
    </>
  )
}
