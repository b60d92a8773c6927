"use client"

import { ChevronDown } from "lucide-react"
import { useTranslations } from "next-intl"
import { Popover } from "radix-ui"
import { useId, useState } from "react"
import { Button } from "@/components/ui/button"
import { choicesIn, setChoices, setDescription, setKeyword } from "@/lib/output/form/edit"
import { type FormField, MORE, SWITCHES } from "@/lib/output/form/fields"
import { limitOf } from "@/lib/output/form/limits"
import type { JsonObject } from "@/lib/output/json-source"

interface Props {
  field: FormField
  root: JsonObject
  onChange: (root: JsonObject) => void
}

const FIELD =
  "w-full rounded-md border border-input bg-background px-2.5 py-1.5 text-[0.8125rem] aria-invalid:border-danger max-sm:text-base"

/** The description of a field for the model. */
export function Description({ field, root, onChange }: Props) {
  const t = useTranslations("schemas.form")
  return (
    <input
      aria-label={t("descriptionOf", { name: field.name })}
      placeholder={t("descriptionHint")}
      value={field.description}
      maxLength={2_000}
      onChange={({ target }) => onChange(setDescription(root, field, target.value))}
      className={FIELD}
    />
  )
}

/** The values of an enum, one per line. */
export function Choices({ field, root, onChange }: Props) {
  const t = useTranslations("schemas.form")
  const [written, setWritten] = useState(field.choices.join("\n"))
  // If the list was changed elsewhere, in the text for example, shows that.
  const shown = choicesIn(written).join("\n") === field.choices.join("\n") ? written : field.choices.join("\n")
  return (
    <label className="flex flex-col gap-1">
      <span className="text-muted-foreground text-[0.8125rem]">{t("choices")}</span>
      <textarea
        value={shown}
        rows={Math.min(8, Math.max(2, shown.split("\n").length))}
        onChange={({ target }) => {
          setWritten(target.value)
          onChange(setChoices(root, field, choicesIn(target.value)))
        }}
        className={FIELD}
      />
    </label>
  )
}

/** Limits, behind a button. */
export function MoreFields({ field, root, onChange }: Props) {
  const t = useTranslations("schemas.form")
  const keywords = MORE[field.kind]
  if (keywords.length === 0) return null
  const count = keywords.filter((keyword) => keyword in field.more).length
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button size="sm" variant="ghost" aria-label={t("moreOf", { name: field.name || "none", count })}>
          {count > 0 ? t("moreCount", { count }) : t("more")} <ChevronDown className="size-3.5" aria-hidden />
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label={t("moreOf", { name: field.name || "none", count })}
          className="panel z-50 flex w-64 flex-col gap-2.5 p-3"
        >
          {keywords.map((keyword) =>
            SWITCHES.includes(keyword) ? (
              <SwitchField key={keyword} keyword={keyword} {...{ field, root, onChange }} />
            ) : (
              <LimitField key={keyword} keyword={keyword} {...{ field, root, onChange }} />
            ),
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** JSON Schema's defaults for omitted keywords: true for `additionalProperties`, false for `uniqueItems`. */
const WITHOUT: Record<string, boolean> = { additionalProperties: true, uniqueItems: false }

function SwitchField({ keyword, field, root, onChange }: Props & { keyword: string }) {
  const t = useTranslations("schemas.form.keywords")
  const value = keyword in field.more ? field.more[keyword] === "true" : WITHOUT[keyword]
  return (
    <label className="flex items-center gap-2 text-[0.8125rem]">
      <input
        type="checkbox"
        checked={value}
        onChange={({ target }) => {
          const next = target.checked === WITHOUT[keyword] ? undefined : target.checked
          onChange(setKeyword(root, field.body, keyword, next))
        }}
        className="size-4 accent-spark"
      />
      {t(nameOfKeyword(keyword))}
    </label>
  )
}

type Keyword = "additionalProperties" | "uniqueItems" | LimitKeyword
type LimitKeyword =
  | ("minLength" | "maxLength" | "pattern" | "minimum" | "maximum" | "multipleOf")
  | ("minItems" | "maxItems")

/** The message catalog has every keyword in `MORE`. */
const nameOfKeyword = (keyword: string): Keyword => keyword as Keyword

function LimitField({ keyword, field, root, onChange }: Props & { keyword: string }) {
  const t = useTranslations("schemas.form")
  const id = useId()
  const stored = storedText(keyword, field.more[keyword])
  const [written, setWritten] = useState(stored)
  const { wrong } = limitOf(keyword, written)
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-[0.8125rem]">
        {t(`keywords.${nameOfKeyword(keyword)}`)}
      </label>
      <input
        id={id}
        inputMode={keyword === "pattern" ? "text" : "decimal"}
        value={written}
        aria-invalid={wrong !== null}
        aria-describedby={wrong === null ? undefined : `${id}-wrong`}
        onChange={({ target }) => {
          setWritten(target.value)
          const next = limitOf(keyword, target.value)
          if (next.wrong === null) onChange(setKeyword(root, field.body, keyword, next.value))
        }}
        spellCheck={false}
        className={`${FIELD} ${keyword === "pattern" ? "font-mono" : ""}`}
      />
      {wrong !== null && (
        <p id={`${id}-wrong`} role="status" className="mt-1 text-[0.8125rem] text-danger">
          {t(`limit.${wrong}`)}
        </p>
      )}
    </div>
  )
}

const storedText = (keyword: string, json: string | undefined): string =>
  json === undefined ? "" : keyword === "pattern" ? String(JSON.parse(json)) : json
