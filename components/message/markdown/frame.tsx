"use client"

import type { ReactNode } from "react"
import { cn } from "@/lib/cn"

interface Props {
  /** What it is, for people: “Python”, “Table”. */
  label: ReactNode
  kind: "code" | "table" | "diagram"
  actions: ReactNode
  children: ReactNode
  className?: string
}

/** A part of an answer that can be taken along: its name, what can be done with it, and the part. */
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
