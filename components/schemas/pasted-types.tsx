"use client"

import { useTranslations } from "next-intl"
import { Button } from "@/components/ui/button"
import type { Pasted } from "@/lib/output/paste/paste"

interface Props {
  pasted: Pasted
  /** Receives the resulting schema and the type's name. */
  onConvert: (schema: string, name: string | null) => void
}

/** The pasted text is not a JSON Schema, but can be converted to one. */
export function PastedTypes({ pasted, onConvert }: Props) {
  const t = useTranslations("output.pasted")
  const kind = t(`kinds.${pasted.kind}`)
  if ("problem" in pasted) {
    const { problem } = pasted
    return (
      <p ref={intoView} className="wrap-anywhere scroll-mb-4 text-danger">
        {"missing" in problem
          ? t("missing", { kind, name: problem.missing })
          : t("unreadable", { kind, line: problem.line, found: problem.found || "none" })}
      </p>
    )
  }
  const { schema, name } = pasted
  return (
    <div ref={intoView} className="flex scroll-mb-4 flex-wrap items-center justify-between gap-x-3 gap-y-1.5">
      <p>{t("is", { kind })}</p>
      <Button size="sm" onClick={() => onConvert(JSON.stringify(schema, null, 2), name)}>
        {t("convert")}
      </Button>
    </div>
  )
}

/** On a phone it would appear out of view. */
const intoView = (element: HTMLElement | null) => element?.scrollIntoView({ block: "nearest" })
