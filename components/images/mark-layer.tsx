"use client"

import { useTranslations } from "next-intl"
import { cn } from "@/lib/cn"
import type { Mark } from "@/lib/marks/marks"

/** A mark as drawn on its image. */
export interface MarkShown extends Mark {
  /** Its number in the list of all marks of the answer, from 1. */
  number: number
  /** It, or its list entry, is hovered. */
  lit: boolean
  onLit?: (lit: boolean) => void
}

interface Props {
  marks: MarkShown[]
  /** Zoom factor of the image, which lines and numbers compensate for. */
  scale?: number
}

/** A model's boxes and points, drawn in an element the size of the image they belong to. */
export function MarkLayer({ marks, scale = 1 }: Props) {
  if (marks.length === 0) return null
  return (
    <ul className="pointer-events-none absolute inset-0 m-0 list-none p-0" data-marks>
      {marks.map((mark) => (
        <MarkView key={mark.number} mark={mark} scale={scale} />
      ))}
    </ul>
  )
}

function MarkView({ mark, scale }: { mark: MarkShown; scale: number }) {
  const t = useTranslations("images")
  const { kind, label, number, left, top, width, height, lit, onLit } = mark
  const name = label || t("mark", { number })
  const box = kind === "box"
  return (
    <li
      data-lit={lit || undefined}
      style={{
        left: `${left * 100}%`,
        top: `${top * 100}%`,
        width: box ? `${width * 100}%` : 0,
        height: box ? `${height * 100}%` : 0,
        borderWidth: box ? (lit ? 3 : 2) / scale : 0,
      }}
      className={cn("absolute rounded-[2px] border-spark", lit && "z-10 bg-spark/20")}
    >
      <button
        type="button"
        aria-label={t("markNamed", { number, name })}
        data-tip={name}
        onPointerEnter={() => onLit?.(true)}
        onPointerLeave={() => onLit?.(false)}
        onFocus={() => onLit?.(true)}
        onBlur={() => onLit?.(false)}
        style={{ transform: `scale(${1 / scale})` }}
        className={cn(
          "pointer-events-auto absolute grid h-6 min-w-6 place-items-center rounded-full border-2 border-white bg-[oklch(0.45_0.16_42)] px-1 font-semibold text-[0.75rem] text-white tabular-nums shadow",
          box ? "-top-3 -left-3 origin-center" : "-top-3 -left-3",
          lit && "ring-2 ring-white",
        )}
      >
        {number}
      </button>
    </li>
  )
}
