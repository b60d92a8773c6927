"use client"

import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core"
import { SortableContext, verticalListSortingStrategy } from "@dnd-kit/sortable"
import { Plus } from "lucide-react"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { focusWhenRendered } from "@/components/base/focus"
import { FieldRow } from "@/components/schemas/form/field-row"
import { handleId, nameId } from "@/components/schemas/form/ids"
import { Button } from "@/components/ui/button"
import { addField, moveField } from "@/lib/output/form/edit"
import { type FormField, formOf } from "@/lib/output/form/fields"
import type { Path } from "@/lib/output/form/source"
import { valueAt } from "@/lib/output/form/source"
import type { JsonObject } from "@/lib/output/json-source"

interface Props {
  /** A group or a table. */
  field: FormField
  root: JsonObject
  onChange: (root: JsonObject) => void
}

/** The fields of a group, reordered by dragging or by Alt with an arrow key. */
export function FieldList({ field, root, onChange }: Props) {
  const t = useTranslations("schemas.form")
  const [said, setSaid] = useState("")
  const holder = field.holder ?? []
  const names = field.fields.map(({ name }) => name)
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 200, tolerance: 8 } }),
  )
  const move = (from: number, to: number) => {
    if (from < 0 || to < 0 || to >= names.length || from === to) return
    onChange(moveField(root, holder, from, to))
    setSaid(t("moved", { name: names[from] ?? "", place: to + 1, count: names.length }))
    focusWhenRendered(() => document.getElementById(handleId([...holder, "properties", names[from] ?? ""])))
  }
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (over) move(names.indexOf(String(active.id)), names.indexOf(String(over.id)))
  }
  const add = () => {
    const next = addField(root, holder, t("newName"))
    onChange(next)
    const made = addedIn(next, holder)
    focusWhenRendered(() => {
      const input = document.getElementById(nameId(made))
      if (input instanceof HTMLInputElement) input.select()
      return input
    })
  }
  return (
    <div className="flex flex-col gap-2">
      <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={onDragEnd}>
        <SortableContext items={names} strategy={verticalListSortingStrategy}>
          <ul className="flex flex-col gap-2">
            {field.fields.map((one, index) => (
              <FieldRow
                key={one.name}
                field={one}
                holder={holder}
                taken={names}
                root={root}
                onChange={onChange}
                onMove={(by) => move(index, index + by)}
              />
            ))}
          </ul>
        </SortableContext>
      </DndContext>
      <span role="status" className="sr-only">
        {said}
      </span>
      <div>
        <Button size="sm" onClick={add}>
          <Plus className="size-4" aria-hidden />
          {field.name === "" ? t("add") : t("addTo", { name: field.name })}
        </Button>
      </div>
    </div>
  )
}

/** The path of the field added last. */
function addedIn(root: JsonObject, holder: Path): Path {
  const find = (field: FormField): FormField | null => {
    if (field.holder && JSON.stringify(field.holder) === JSON.stringify(holder)) return field
    for (const one of [...field.fields, ...(field.item ? [field.item] : [])]) {
      const found = find(one)
      if (found) return found
    }
    return null
  }
  const name = valueAt(root, holder) === undefined ? "" : (find(formOf(root))?.fields.at(-1)?.name ?? "")
  return [...holder, "properties", name]
}
