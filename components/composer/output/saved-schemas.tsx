"use client"

import { useTranslations } from "next-intl"
import { useId } from "react"
import { SchemaChip } from "@/components/composer/output/schema-chip"
import type { KeptSchemas as Kept } from "@/components/composer/output/use-saved-schemas"
import { Button } from "@/components/ui/button"

interface Props {
  kept: Kept
  /** The schema and version the message uses. */
  stored: { id: string; version: number } | undefined
  onChoose: (id: string) => void
}

/** The user's saved schemas to choose from. Indicates when the selected one has a newer version. */
export function KeptSchemas({ kept: { schemas, problem, saved }, stored, onChoose }: Props) {
  const t = useTranslations("output.library")
  const id = useId()
  const chosen = stored && schemas?.find((schema) => schema.id === stored.id)
  return (
    <>
      {schemas && schemas.length > 0 && (
        <>
          <h3 id={id} className="mt-4 mb-1.5 font-medium text-[0.8125rem]">
            {t("kept")}
          </h3>
          {/* biome-ignore lint/a11y/useSemanticElements: a group of buttons, not a form */}
          <div role="group" aria-labelledby={id} className="flex max-h-36 flex-wrap gap-1.5 overflow-y-auto">
            {schemas.map((schema) => (
              <SchemaChip
                key={schema.id}
                name={schema.name}
                tip={schema.description || undefined}
                chosen={schema.id === stored?.id}
                onChoose={() => onChoose(schema.id)}
              />
            ))}
          </div>
        </>
      )}
      <div role="status" className="text-[0.8125rem] leading-5">
        {saved !== null && <p className="mt-2 text-success">{t("keptAs", { name: saved })}</p>}
        {stored && schemas && !chosen && <p className="mt-2 text-muted-foreground">{t("keptGone")}</p>}
        {stored && chosen && chosen.version === stored.version && (
          <p className="mt-2 text-muted-foreground">
            {chosen.name}, {t("version", { version: stored.version })}
          </p>
        )}
        {stored && chosen && chosen.version !== stored.version && (
          <p className="mt-2 flex flex-wrap items-center gap-2">
            <span className="min-w-0 flex-1 basis-56">
              {t("changed", { name: chosen.name, version: chosen.version })}
            </span>
            <Button size="sm" onClick={() => onChoose(chosen.id)}>
              {t("takeNewest", { version: chosen.version })}
            </Button>
          </p>
        )}
      </div>
      {problem && (
        <p role="alert" className="mt-2 text-[0.8125rem] text-danger">
          {problem}
        </p>
      )}
    </>
  )
}
