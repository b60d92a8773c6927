"use client"

import { useTranslations } from "next-intl"
import { FieldList } from "@/components/schemas/form/field-list"
import { LabeledKind } from "@/components/schemas/form/kind-select"
import { MoreFields } from "@/components/schemas/form/more-fields"
import { UnsupportedKeywords } from "@/components/schemas/form/unsupported-keywords"
import { setKind } from "@/lib/output/form/edit"
import { type FormField, formOf } from "@/lib/output/form/fields"
import type { JsonObject } from "@/lib/output/json-source"

interface Props {
  root: JsonObject
  onChange: (root: JsonObject) => void
}

/** A schema as a form of named, typed, ordered fields. Anything it can't show stays in the schema and is listed. */
export default function SchemaForm({ root, onChange }: Props) {
  const t = useTranslations("schemas.form")
  const form = formOf(root)
  if (form.kind === "other" && form.unshown.length > 0)
    return (
      <p className="py-4 text-muted-foreground text-sm">{t("unshownWhole", { keywords: form.unshown.join(", ") })}</p>
    )
  const edit = { root, onChange }
  return (
    <div className="flex flex-col gap-3">
      <Whole form={form} {...edit} />
      <UnsupportedKeywords keywords={form.unshown} />
      {form.holder && <FieldList field={form} {...edit} />}
    </div>
  )
}

/** The type of the whole answer: an object with fields, a table, a list. */
function Whole({ form, root, onChange }: Props & { form: FormField }) {
  const t = useTranslations("schemas.form")
  const { item } = form
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
      <LabeledKind
        says={t("whole")}
        field={form}
        kinds={["group", "table", "list"]}
        onChange={(kind) => onChange(setKind(root, form, kind))}
      />
      {item && <LabeledKind says={t("listOf")} field={item} onChange={(kind) => onChange(setKind(root, item, kind))} />}
      <MoreFields field={form} root={root} onChange={onChange} />
    </div>
  )
}
