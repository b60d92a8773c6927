"use client"

import { ArrowDown, ArrowUp } from "lucide-react"
import { useTranslations } from "next-intl"
import { type PointerEvent, useRef } from "react"
import { cn } from "@/lib/cn"

interface Props {
  name: string
  /** Pixels. */
  width: number
  number: boolean
  sorted: "ascending" | "descending" | "none"
  onSort: () => void
  onResize: (width: number) => void
}

const STEP = 16

/** Sorts when pressed; dragging its edge, or arrow keys, resize the column. */
export function HeadCell({ name, width, number, sorted, onSort, onResize }: Props) {
  const t = useTranslations("dataTable")
  const begun = useRef<{ x: number; width: number; sign: number } | null>(null)
  const Arrow = sorted === "descending" ? ArrowDown : ArrowUp
  const take = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    const sign = getComputedStyle(event.currentTarget).direction === "rtl" ? -1 : 1
    begun.current = { x: event.clientX, width, sign }
  }
  return (
    <th scope="col" aria-sort={sorted} className="relative border-b p-0" style={{ width }}>
      <button
        type="button"
        onClick={onSort}
        className={cn(
          "flex h-[33px] w-full items-center gap-1 px-3 font-medium text-muted-foreground hover:text-foreground",
          number && "flex-row-reverse",
        )}
      >
        <span className="truncate">{name}</span>
        <Arrow aria-hidden className={cn("size-3.5 shrink-0", sorted === "none" && "invisible")} />
      </button>
      <span
        role="slider"
        tabIndex={0}
        aria-label={t("width", { name })}
        aria-valuenow={width}
        aria-valuemin={0}
        aria-orientation="horizontal"
        onPointerDown={take}
        onPointerMove={(event) => {
          if (begun.current) onResize(begun.current.width + begun.current.sign * (event.clientX - begun.current.x))
        }}
        onPointerUp={() => {
          begun.current = null
        }}
        onKeyDown={(event) => {
          if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return
          event.preventDefault()
          event.stopPropagation()
          onResize(width + (event.key === "ArrowRight" ? STEP : -STEP))
        }}
        className="absolute inset-y-0 end-0 w-6 cursor-col-resize touch-none border-e-2 hover:border-spark print:hidden"
      />
    </th>
  )
}
