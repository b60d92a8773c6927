"use client"

import { CircleAlert, Info } from "lucide-react"
import { useTranslations } from "next-intl"
import type { PlacedProblem } from "@/components/schemas/problems"
import { Button } from "@/components/ui/button"
import type { FireworksNote } from "@/lib/output/fireworks"

interface Props {
  problems: PlacedProblem[]
  /** Jumps to the position in the text; without it the position is only stated. */
  onJump?: (problem: PlacedProblem) => void
  onMend: (note: FireworksNote) => void
}

/** The problems of a schema with their lines; those that can be fixed automatically have a button. */
export function ProblemList({ problems, onJump, onMend }: Props) {
  const t = useTranslations("output")
  return (
    <ul className="flex flex-col">
      {problems.map((problem) => {
        const { level, message, line, column, from, note } = problem
        const Icon = level === "error" ? CircleAlert : Info
        const place = t("notes.place", { line, column })
        return (
          <li key={`${from} ${message}`} className="flex items-start gap-2 border-b py-1.5 last:border-0">
            <Icon
              aria-hidden
              className={`mt-0.5 size-4 shrink-0 ${level === "error" ? "text-danger" : "text-muted-foreground"}`}
            />
            <p className="wrap-anywhere min-w-0 flex-1 text-[0.8125rem] leading-5">
              {onJump ? (
                <button
                  type="button"
                  onClick={() => onJump(problem)}
                  className="me-1.5 text-spark-text tabular-nums underline underline-offset-4"
                >
                  {place}
                </button>
              ) : (
                <span className="me-1.5 text-muted-foreground tabular-nums">{place}</span>
              )}
              {message}
            </p>
            {note?.mend && (
              <Button size="sm" className="-my-0.5" onClick={() => onMend(note)}>
                {t(`notes.mends.${note.mend}`)}
              </Button>
            )}
          </li>
        )
      })}
    </ul>
  )
}
