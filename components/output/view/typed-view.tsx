"use client"

import { useId, useMemo } from "react"
import { Parts } from "@/components/output/view/members"
import { Place, Problems } from "@/components/output/view/place"
import {
  NO_PROBLEMS,
  READ_ONLY_VIEW,
  ViewContext,
  type ViewContextValue,
  type ViewEditing,
} from "@/components/output/view/view-context"
import type { OutputProblem } from "@/lib/messages/types"
import { NO_CURRENCIES } from "@/lib/output/view/amounts"
import { isLeaf } from "@/lib/output/view/layout"
import { placeOfProblem } from "@/lib/output/view/pointers"
import { nonNullTypes, type Schema, shapeOf } from "@/lib/output/view/shape"

interface Props {
  /** As returned by `readJson`. */
  value: unknown
  schema: Schema | null
  name: string
  /** More is to come; `open`: including of the last string or number. */
  forming: boolean
  open: boolean
  problems?: OutputProblem[]
  problemsId?: string
  wanted?: string | null
  /** Actions on its values; undefined when they are read-only. */
  changes?: ViewEditing
  /** Prefix of all its ids. */
  id: string
}

/** Problems grouped by place. */
export function byPlace(problems: OutputProblem[]): Map<string, OutputProblem[]> {
  const places = new Map<string, OutputProblem[]>()
  for (const problem of problems) {
    const place = placeOfProblem(problem)
    places.set(place, [...(places.get(place) ?? []), problem])
  }
  return places
}

/** The id of the element that shows a place: ids have no spaces. */
export const placeId = (id: string, pointer: string) => `${id}${encodeURIComponent(pointer.toWellFormed())}`

/** A JSON value as its schema describes it: labels, types, nested groups, tables. It may still be growing. */
export function TypedView({ value, schema, name, changes = READ_ONLY_VIEW, id, ...state }: Props) {
  const { forming, open, problems, problemsId = "", wanted = null } = state
  const own = useId()
  const context = useMemo(
    (): ViewContextValue => ({
      ...changes,
      root: schema,
      ...{ forming, open, wanted, problemsId },
      problems: problems ? byPlace(problems) : NO_PROBLEMS,
      idOf: (pointer) => placeId(id || own, pointer),
    }),
    [schema, changes, forming, open, problems, problemsId, wanted, id, own],
  )
  const shape = shapeOf(schema, schema, value)
  const awaited = value === undefined && nonNullTypes(shape).includes("object")
  const props = { value, shape, name, pointer: "", last: forming, currencies: NO_CURRENCIES }
  return (
    <ViewContext value={context}>
      <div id={context.idOf("")} className="text-sm leading-6">
        {isLeaf(value) && !awaited ? (
          <Place {...props} />
        ) : (
          <>
            <Problems pointer="" className="mb-1" />
            <Parts {...props} depth={0} />
          </>
        )}
      </div>
    </ViewContext>
  )
}
