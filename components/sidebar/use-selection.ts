"use client"

import { useMemo, useRef, useState } from "react"

/** The selected ids; while there are any, clicking a row also selects it. */
export function useSelection() {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const anchor = useRef<string | null>(null)
  const actions = useMemo(
    () => ({
      toggle: (id: string) => {
        anchor.current = id
        setChosen((before) => {
          const next = new Set(before)
          if (!next.delete(id)) next.add(id)
          return next
        })
      },
      /** Selects everything in `order` from the last selected row to this one. */
      extend: (id: string, order: string[]) => {
        const from = anchor.current === null ? -1 : order.indexOf(anchor.current)
        const to = order.indexOf(id)
        const [first, last] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)]
        if (from < 0) anchor.current = id
        setChosen((before) => new Set([...before, ...order.slice(first, last + 1)]))
      },
      all: (order: string[]) => setChosen(new Set(order)),
      clear: () => {
        anchor.current = null
        setChosen(new Set())
      },
    }),
    [],
  )
  return { chosen, ...actions }
}

export type Selection = ReturnType<typeof useSelection>
