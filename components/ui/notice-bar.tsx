import type { ReactNode } from "react"
import { cn } from "@/lib/cn"

interface Props {
  role: "alert" | "status"
  className: string
  children: ReactNode
}

/** A notice above the input field. */
export function NoticeBar({ role, className, children }: Props) {
  return (
    <div
      role={role}
      className={cn("mb-2 flex min-h-11 items-center gap-2.5 rounded-lg py-1.5 pe-2 ps-3.5 text-[0.875rem]", className)}
    >
      {children}
    </div>
  )
}
