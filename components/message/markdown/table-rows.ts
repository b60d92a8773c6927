import type { Rows } from "@/components/base/table-text"

/** The cells of a rendered table as text; a formula as its TeX, a line break as a space. */
export function rowsOf(table: HTMLTableElement | null): Rows {
  return [...(table?.rows ?? [])].map((row) => [...row.cells].map(textOf))
}

function textOf(cell: HTMLElement): string {
  const copy = cell.cloneNode(true)
  if (!(copy instanceof HTMLElement)) return ""
  for (const formula of copy.querySelectorAll<HTMLElement>("[data-tex]"))
    formula.replaceWith(`$${formula.dataset.tex ?? ""}$`)
  for (const breakLine of copy.querySelectorAll("br")) breakLine.replaceWith(" ")
  return copy.textContent?.trim() ?? ""
}
