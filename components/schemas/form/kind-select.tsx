"use client"

import { useTranslations } from "next-intl"
import { kindId } from "@/components/schemas/form/ids"
import { type FormField, KINDS, type OfferedKind } from "@/lib/output/form/fields"

interface Props {
  field: FormField
  kinds?: readonly OfferedKind[]
  /** Accessible name, if there is no visible label. */
  label?: string
  onChange: (kind: OfferedKind) => void
}

const isOffered = (value: string): value is OfferedKind => KINDS.some((kind) => kind === value)
const OFFERED: readonly OfferedKind[] = KINDS.filter(isOffered)

/** Selects the type of a field. */
export function KindSelect({ field, kinds = OFFERED, label, onChange }: Props) {
  const t = useTranslations("schemas.kinds")
  return (
    <select
      id={kindId(field.path)}
      aria-label={label}
      value={field.kind}
      onChange={({ target: { value } }) => isOffered(value) && onChange(value)}
      className="h-9 min-w-0 rounded-md border border-input bg-background px-2 text-sm pointer-coarse:h-10 max-sm:text-base"
    >
      {(field.kind === "other" || !kinds.includes(field.kind)) && <option value={field.kind}>{t(field.kind)}</option>}
      {kinds.map((kind) => (
        <option key={kind} value={kind}>
          {t(kind)}
        </option>
      ))}
    </select>
  )
}

/** The same with a label before it. */
export function LabeledKind({ says, ...props }: Omit<Props, "label"> & { says: string }) {
  return (
    <div className="flex items-center gap-2">
      <label htmlFor={kindId(props.field.path)} className="text-[0.8125rem] text-muted-foreground">
        {says}
      </label>
      <KindSelect {...props} />
    </div>
  )
}
