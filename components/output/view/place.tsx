"use client"

import { RotateCcw } from "lucide-react"
import { useTranslations } from "next-intl"
import { EditField } from "@/components/output/view/edit-field"
import { goTo } from "@/components/output/view/go-to"
import { SourceMark } from "@/components/output/view/source-mark"
import { Value } from "@/components/output/view/value"
import { useView } from "@/components/output/view/view-context"
import { IconButton } from "@/components/ui/icon-button"
import { cn } from "@/lib/cn"
import type { Currencies } from "@/lib/output/view/amounts"
import { fieldKind } from "@/lib/output/view/fields"
import { isLeaf } from "@/lib/output/view/layout"
import { valueAt } from "@/lib/output/view/pointers"
import type { Shape } from "@/lib/output/view/shape"

export interface PlaceProps {
  value: unknown
  shape: Shape
  pointer: string
  name: string
  /** It is the last value received at every level: what is being written is inside it. */
  last: boolean
  currencies: Currencies
  /** It is in the schema, and its container is still being written. */
  awaited?: boolean
}

/** A value in place, with its problems, its original value, and its source. */
export function Place({ value, shape, pointer, name, last, currencies, awaited }: PlaceProps) {
  const { root, forming, open, edits, editing, sources, problems } = useView()
  const kind = editing && isLeaf(value) ? fieldKind(value, shape) : null
  return (
    <>
      {awaited && forming ? (
        <Awaited />
      ) : kind ? (
        <EditField {...{ kind, value, shape, pointer, name }} />
      ) : (
        <Value {...{ value, shape, root, name, currencies }} open={last && open} />
      )}
      {edits.has(pointer) && <Edited {...{ shape, pointer, name, currencies }} />}
      {sources.has(pointer) && <SourceMark pointer={pointer} />}
      {problems.has(pointer) && <Problems pointer={pointer} />}
    </>
  )
}

/** What the model wrote, with a way to restore it. */
function Edited({ shape, pointer, name, currencies }: Pick<PlaceProps, "shape" | "pointer" | "name" | "currencies">) {
  const t = useTranslations("output")
  const { root, original, edits, editing, onEdit } = useView()
  const before = valueAt(original, pointer)
  return (
    <span className="ms-1.5 inline-flex max-w-full items-center gap-1 align-baseline text-[0.8125rem]">
      <span className="rounded bg-spark-soft px-1 font-medium text-spark-text">{t("edit.edited")}</span>
      <del className="min-w-0 truncate text-muted-foreground">
        <Value {...{ value: before, shape, root, name, currencies }} />
      </del>
      {editing && (
        <IconButton
          label={t("edit.reset")}
          className="size-6"
          onClick={() => void onEdit?.(pointer, null, edits.get(pointer) ?? null)}
        >
          <RotateCcw className="size-3.5" />
        </IconButton>
      )}
    </span>
  )
}

/** Placeholder for a value in the schema. */
export function Awaited() {
  return (
    <span aria-hidden className="flex h-[1lh] items-center">
      <span className="h-2 w-20 rounded-full bg-muted" />
    </span>
  )
}

/** The problems of a value; each line links back to the list of all. */
export function Problems({ pointer, className }: { pointer: string; className?: string }) {
  const t = useTranslations("output")
  const { problems, problemsId } = useView()
  return problems.get(pointer)?.map(({ message }) => (
    <a
      key={message}
      href={`#${problemsId}`}
      onClick={goTo}
      data-tip={t("allProblems")}
      className={cn("wrap-anywhere block min-h-6 text-[0.8125rem] text-danger leading-6 hover:underline", className)}
    >
      {message}
    </a>
  ))
}

/** The background of a value with a problem. */
export const WRONG = "bg-danger-soft"
