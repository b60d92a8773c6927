"use client"

import { useTranslations } from "next-intl"
import { ProblemList } from "@/components/schemas/problem-list"
import { usePlacedProblems } from "@/components/schemas/problems"
import { mended } from "@/lib/output/form/mend"
import { sourceOf, textOf } from "@/lib/output/form/source"

interface Props {
  text: string
  /** Called with the fixed text. */
  onChange: (text: string) => void
}

/** What Fireworks does not enforce in a schema, shown before it is sent. Nothing when it enforces everything. */
export function SchemaNotes({ text, onChange }: Props) {
  const t = useTranslations("output.notes")
  const notes = usePlacedProblems(text, null)
  if (notes.length === 0) return null
  return (
    <details>
      <summary className="cursor-pointer text-[0.8125rem] text-muted-foreground">
        {t("summary", { count: notes.length })}
      </summary>
      <ProblemList
        problems={notes}
        onMend={(note) => {
          const root = sourceOf(text)
          if (root) onChange(textOf(mended(root, note)))
        }}
      />
    </details>
  )
}
