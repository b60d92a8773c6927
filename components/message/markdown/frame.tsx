"use client"

import type { ReactNode } from "react"
import { cn } from "@/lib/cn"

interface Props {
  /** Display name: “Python”, “Table”. */
  label: ReactNode
  kind: "code" | "table" | "diagram"
  actions: ReactNode
  children: ReactNode
  className?: string
}

/** A part of an answer that can be copied or saved: its name, its actions, and the part itself. */
export function Frame({ label, kind, actions, children, className }: Props) {
  return (
    <div data-part={kind} className={cn("part", className)} dir="ltr">
      <div className="part-bar">
        <span className="min-w-0 truncate">{label}</span>
        <span className="flex shrink-0 items-center">{actions}</span>
      </div>
      {children}
    </div>
  )
}
