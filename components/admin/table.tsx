import type { ReactNode } from "react"
import { cn } from "@/lib/cn"

export interface Column {
  key: string
  label: string
  /** A number: aligned to the end of its cell. */
  figure?: boolean
}

interface Props {
  /** Accessible name. */
  label: string
  columns: Column[]
  rows: { key: string; cells: ReactNode[] }[]
}

/**
 * A table as wide as it needs to be; it scrolls where there is no room, also by keyboard. The first cell is the row
 * header.
 */
export function Table({ label, columns, rows }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard
    <section aria-label={label} tabIndex={0} className="overflow-x-auto rounded-lg border bg-surface">
      <table className="w-full border-collapse text-[0.84375rem]">
        <thead className="border-b text-muted-foreground">
          <tr>
            {columns.map(({ key, label: name, figure }) => (
              <th
                key={key}
                scope="col"
                className={cn("whitespace-nowrap px-3 py-2 font-normal", figure ? "text-end" : "text-start")}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells }) => (
            <tr key={key} className="border-b last:border-0">
              {columns.map((column, place) => (
                <Cell key={column.key} names={place === 0} figure={column.figure}>
                  {cells[place]}
                </Cell>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Cell({ names, figure, children }: { names: boolean; figure: boolean | undefined; children: ReactNode }) {
  const className = cn("px-3 py-2.5", figure ? "whitespace-nowrap text-end tabular-nums" : "min-w-28 text-start")
  if (!names) return <td className={className}>{children}</td>
  return (
    <th scope="row" className={cn("min-w-48 max-w-80 font-normal", className)}>
      {children}
    </th>
  )
}
