"use client"

import { ChevronRight } from "lucide-react"
import { useTranslations } from "next-intl"
import { useMemo, useState } from "react"
import { usePrinting } from "@/components/print/printing"
import { cn } from "@/lib/cn"
import { isFoldedAtFirst, shownLines, sourceLines } from "@/lib/output/view/folds"

/** Lines shown before a “more” button. */
const PAGE = 2_000

/** JSON as the model wrote it, one line per member, foldable. */
export function JsonSource({ text }: { text: string }) {
  const t = useTranslations("output")
  const printing = usePrinting()
  const lines = useMemo(() => sourceLines(text), [text])
  const [chosen, setChosen] = useState<ReadonlyMap<number, boolean>>(new Map())
  const [most, setMost] = useState(PAGE)
  const isFolded = (index: number) => {
    const line = lines[index]
    return !printing && line !== undefined && (chosen.get(index) ?? isFoldedAtFirst(line, lines.length))
  }
  const shown = shownLines(lines, isFolded, printing ? Number.POSITIVE_INFINITY : most)
  const isMore = shown.length === most
  return (
    <div dir="ltr" className="font-mono text-[0.8125rem] leading-relaxed">
      {shown.map((index) => {
        const line = lines[index]
        if (!line) return null
        const folded = line.end > 0 && isFolded(index)
        const indent = line.text.length - line.text.trimStart().length
        return (
          <div key={index} className="flex">
            <span className="w-5 shrink-0">
              {line.end > 0 && (
                <button
                  type="button"
                  aria-expanded={!folded}
                  aria-label={t("fold", { line: line.text.trim().slice(0, 80) })}
                  onClick={() => setChosen(new Map(chosen).set(index, !folded))}
                  className="rounded text-muted-foreground hover:bg-muted hover:text-foreground print:hidden"
                >
                  <ChevronRight className={cn("size-4 transition-transform", folded ? "" : "rotate-90")} />
                </button>
              )}
            </span>
            <span
              className="wrap-anywhere min-w-0 whitespace-pre-wrap"
              style={{ paddingInlineStart: `${indent + 2}ch`, textIndent: "-2ch" }}
            >
              {line.text.trimStart()}
              {folded && <span className="text-muted-foreground"> … {lines[line.end]?.text.trim()}</span>}
            </span>
          </div>
        )
      })}
      {isMore && (
        <button
          type="button"
          onClick={() => setMost(most + PAGE)}
          className="ms-5 font-medium font-sans text-spark-text underline underline-offset-4"
        >
          {t("moreLines")}
        </button>
      )}
    </div>
  )
}
