"use client"

import { useTranslations } from "next-intl"
import type { Editor } from "@/components/schemas/editor/use-editor"
import { MAX_SCHEMA_DESCRIPTION, MAX_SCHEMA_NAME } from "@/lib/limits"

const FIELD = "w-full rounded-md border border-input bg-background px-3 py-2 text-sm max-sm:text-base"

/** The schema's name and description. */
export function BasicFields({ editor: { draft, change } }: { editor: Editor }) {
  const t = useTranslations("schemas")
  return (
    <div className="grid gap-3 pt-1 sm:grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)]">
      <div>
        <label htmlFor="schema-name" className="mb-1 block font-medium text-[0.8125rem]">
          {t("name")}
        </label>
        <input
          id="schema-name"
          value={draft.name}
          maxLength={MAX_SCHEMA_NAME}
          required
          onChange={({ target }) => change({ name: target.value })}
          className={FIELD}
        />
      </div>
      <div>
        <label htmlFor="schema-description" className="mb-1 block font-medium text-[0.8125rem]">
          {t("description")}
        </label>
        <input
          id="schema-description"
          value={draft.description}
          maxLength={MAX_SCHEMA_DESCRIPTION}
          onChange={({ target }) => change({ description: target.value })}
          className={FIELD}
        />
      </div>
    </div>
  )
}
