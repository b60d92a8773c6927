"use client"

import { useTranslations } from "next-intl"
import { useState } from "react"
import { ItemTable } from "@/components/output/view/item-table"
import { MAX_DEPTH, Parts } from "@/components/output/view/members"
import { Place, WRONG } from "@/components/output/view/place"
import { useView } from "@/components/output/view/view-context"
import { usePrinting } from "@/components/print/printing"
import { cn } from "@/lib/cn"
import type { Currencies } from "@/lib/output/view/amounts"
import { isLeaf, listLayout } from "@/lib/output/view/layout"
import { childPointer, isWithin, stepsOf } from "@/lib/output/view/pointers"
import { itemSchema, type Shape, shapeOf } from "@/lib/output/view/shape"

interface Props {
  items: unknown[]
  shape: Shape
  pointer: string
  name: string
  last: boolean
  currencies: Currencies
  depth: number
}

/** Items of one list shown before a “more” button. */
const PAGE = 100

/** A list: objects as a table, or items stacked. */
export function Items(props: Props) {
  const { root } = useView()
  const layout = listLayout(root, props.items, props.shape)
  return layout === "table" ? <ItemTable {...props} /> : <ItemList {...props} groups={layout === "groups"} />
}

function ItemList({ items, shape, pointer, name, last, currencies, depth, groups }: Props & { groups: boolean }) {
  const t = useTranslations("output")
  const { wanted } = useView()
  const printing = usePrinting()
  const [asked, setAsked] = useState(PAGE)
  const reached =
    wanted !== null && isWithin(wanted, pointer) ? Number(stepsOf(wanted.slice(pointer.length))[0]) + 1 : 0
  const shown = printing ? items.length : Math.max(asked, reached || 0)
  const rest = items.length - shown
  return (
    <ol className={groups ? "grid gap-2" : "grid gap-1"}>
      {items.slice(0, shown).map((item, index) => (
        <Item
          // biome-ignore lint/suspicious/noArrayIndexKey: items are only ever appended
          key={index}
          {...{ item, index, shape, pointer, name, currencies, depth, groups }}
          last={last && index === items.length - 1}
        />
      ))}
      {rest > 0 && (
        <li>
          <button
            type="button"
            onClick={() => setAsked(shown + PAGE)}
            className="font-medium text-spark-text underline underline-offset-4 print:hidden"
          >
            {t("showMore", { count: Math.min(rest, PAGE), rest })}
          </button>
        </li>
      )}
    </ol>
  )
}

interface ItemProps extends Omit<Props, "items"> {
  item: unknown
  index: number
  groups: boolean
}

function Item({ item, index, shape: list, pointer: holder, name, last, currencies, depth, groups }: ItemProps) {
  const { root, problems, idOf } = useView()
  const schema = itemSchema(list, index)
  const shape = shapeOf(root, schema, item)
  const pointer = childPointer(holder, index)
  const props = { value: item, shape, pointer, name, last, currencies }
  return (
    <li
      id={idOf(pointer)}
      data-field={pointer}
      className={cn("min-w-0 scroll-mt-16", groups && "rounded-lg border px-3 py-0.5", problems.has(pointer) && WRONG)}
    >
      {isLeaf(item) || depth > MAX_DEPTH ? <Place {...props} /> : <Parts {...props} depth={depth + 1} plain />}
    </li>
  )
}
