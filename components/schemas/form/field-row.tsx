"use client"

import { useSortable } from "@dnd-kit/sortable"
import { GripVertical, Trash2 } from "lucide-react"
import { useTranslations } from "next-intl"
import { type KeyboardEvent, type ReactNode, useId, useState } from "react"
import { focusWhenRendered } from "@/components/base/focus"
import { FieldList } from "@/components/schemas/form/field-list"
import { handleId, kindId, nameId } from "@/components/schemas/form/ids"
import { KindSelect, LabeledKind } from "@/components/schemas/form/kind-select"
import { Choices, Description, MoreFields } from "@/components/schemas/form/more-fields"
import { UnsupportedKeywords } from "@/components/schemas/form/unsupported-keywords"
import { isComposing } from "@/components/ui/enter"
import { IconButton } from "@/components/ui/icon-button"
import { cn } from "@/lib/cn"
import { removeField, renameField, setKind, setNullable, setRequired } from "@/lib/output/form/edit"
import type { FormField } from "@/lib/output/form/fields"
import type { Path } from "@/lib/output/form/source"
import type { JsonObject } from "@/lib/output/json-source"

interface Props {
  field: FormField
  /** The path of its siblings. */
  holder: Path
  /** The names of all siblings. */
  taken: string[]
  root: JsonObject
  onChange: (root: JsonObject) => void
  onMove: (by: -1 | 1) => void
}

/** A field: its name, type, whether it is required, and its contents. */
export function FieldRow(props: Props) {
  const { field, root, onChange } = props
  const t = useTranslations("schemas.form")
  const sortable = useSortable({ id: field.name })
  const { setNodeRef, transform, transition, isDragging } = sortable
  const y = transform ? Math.round(transform.y) : 0
  return (
    <li
      ref={setNodeRef}
      style={{ transform: y ? `translateY(${y}px)` : undefined, transition }}
      className={cn("rounded-lg border bg-surface p-2.5", isDragging && "relative z-10 shadow-float")}
    >
      <RowHead {...props} sortable={sortable} />
      <div className="mt-2 flex flex-col gap-2 sm:ps-9">
        <Description field={field} root={root} onChange={onChange} />
        {field.kind === "choice" && <Choices field={field} root={root} onChange={onChange} />}
        {field.kind === "other" && <p className="text-[0.8125rem] text-muted-foreground">{t("other")}</p>}
        <UnsupportedKeywords keywords={field.unshown} />
        <Inside field={field} root={root} onChange={onChange} />
      </div>
    </li>
  )
}

/** The item type of a list, and the fields of a group. */
function Inside({ field, root, onChange }: Pick<Props, "field" | "root" | "onChange">): ReactNode {
  const t = useTranslations("schemas.form")
  if (field.holder)
    return (
      <div className="border-s-2 ps-3 max-sm:ps-2">
        <FieldList field={field} root={root} onChange={onChange} />
      </div>
    )
  const { item } = field
  if (!item) return null
  return (
    <div className="flex flex-col gap-2">
      <LabeledKind says={t("listOf")} field={item} onChange={(kind) => onChange(setKind(root, item, kind))} />
      {item.kind === "choice" && <Choices field={item} root={root} onChange={onChange} />}
      <UnsupportedKeywords keywords={item.unshown} />
      <Inside field={item} root={root} onChange={onChange} />
    </div>
  )
}

interface HeadProps extends Props {
  sortable: ReturnType<typeof useSortable>
}

function RowHead({ field, holder, taken, root, onChange, onMove, sortable }: HeadProps) {
  const t = useTranslations("schemas.form")
  const { name, path, kind, required, nullable } = field
  const { attributes, listeners, setActivatorNodeRef } = sortable
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return
    event.preventDefault()
    onMove(event.key === "ArrowUp" ? -1 : 1)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: handles keys of the controls inside
    <div
      className="relative flex flex-wrap items-center gap-x-2 gap-y-1.5 pe-10 pointer-coarse:pe-12"
      onKeyDown={onKeyDown}
    >
      <IconButton
        {...listeners}
        ref={setActivatorNodeRef}
        id={handleId(path)}
        label={t("move", { name })}
        tip={t("moveTip")}
        aria-roledescription={attributes["aria-roledescription"]}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
        className="cursor-grab touch-none"
      >
        <GripVertical className="size-4" />
      </IconButton>
      <NameField key={name} field={field} holder={holder} taken={taken} root={root} onChange={onChange} />
      <div className="max-sm:-me-10 max-sm:w-full max-sm:ps-10 sm:contents">
        <KindSelect
          field={field}
          label={t("kindOf", { name })}
          onChange={(next) => onChange(setKind(root, field, next))}
        />
      </div>
      <Remove name={name} holder={holder} taken={taken} onRemove={() => onChange(removeField(root, holder, name))} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 max-sm:-me-10 max-sm:w-full max-sm:ps-10">
        <Check checked={required} onChange={(on) => onChange(setRequired(root, holder, name, on))} name={name}>
          {t("required")}
        </Check>
        {kind !== "other" && (
          <Check checked={nullable} onChange={(on) => onChange(setNullable(root, field, on))} name={name}>
            {t("nullable")}
          </Check>
        )}
        <MoreFields field={field} root={root} onChange={onChange} />
      </div>
    </div>
  )
}

interface RemoveProps extends Pick<Props, "holder" | "taken"> {
  name: string
  onRemove: () => void
}

/** Removes a field; focus moves to the adjacent one. */
function Remove({ name, holder, taken, onRemove }: RemoveProps) {
  const t = useTranslations("schemas.form")
  return (
    <IconButton
      variant="danger"
      label={t("remove", { name })}
      className="absolute end-0 top-0"
      onClick={() => {
        onRemove()
        const place = taken.indexOf(name)
        const beside = taken[place + 1] ?? taken[place - 1]
        if (beside !== undefined)
          focusWhenRendered(() => document.getElementById(nameId([...holder, "properties", beside])))
      }}
    >
      <Trash2 className="size-4" />
    </IconButton>
  )
}

interface CheckProps {
  checked: boolean
  name: string
  onChange: (checked: boolean) => void
  children: string
}

function Check({ checked, name, onChange, children }: CheckProps) {
  return (
    <label className="flex min-h-8 items-center gap-1.5 text-[0.8125rem] pointer-coarse:min-h-10">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        aria-label={`${name}: ${children}`}
        className="size-4 accent-spark"
      />
      {children}
    </label>
  )
}

/** The name applies on blur: until then it may be empty, or a duplicate. */
function NameField({ field, holder, taken, root, onChange }: Omit<Props, "onMove">) {
  const t = useTranslations("schemas.form")
  const { name, path } = field
  const [written, setWritten] = useState(name)
  const problemId = useId()
  const others = taken.filter((one) => one !== name)
  const problem = written === "" ? t("nameEmpty") : others.includes(written) ? t("nameTaken", { name: written }) : null
  const commit = () => {
    if (problem) setWritten(name)
    else if (written !== name) onChange(renameField(root, holder, name, written))
  }
  return (
    <div className="min-w-28 flex-1">
      <input
        id={nameId(path)}
        aria-label={t("name")}
        aria-invalid={problem !== null}
        aria-describedby={problem ? problemId : undefined}
        value={written}
        onChange={(event) => setWritten(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || problem || isComposing(event.nativeEvent)) return
          event.preventDefault()
          commit()
          // It is remounted under its new name.
          focusWhenRendered(() => document.getElementById(kindId([...path.slice(0, -1), written])))
        }}
        spellCheck={false}
        autoComplete="off"
        maxLength={200}
        className="h-9 w-full rounded-md border border-input bg-background px-2.5 font-mono text-[0.8125rem] aria-invalid:border-danger pointer-coarse:h-10 max-sm:text-base"
      />
      {problem && (
        <p id={problemId} role="status" className="mt-1 text-[0.8125rem] text-danger">
          {problem}
        </p>
      )}
    </div>
  )
}
