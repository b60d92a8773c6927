"use client"

import { useTranslations } from "next-intl"
import { type ReactNode, useMemo, useState } from "react"
import { detectSeparator, readTable } from "@/components/files/csv"
import { languageOf } from "@/components/files/facts"
import { Markdown } from "@/components/message/markdown/markdown"
import { Button } from "@/components/ui/button"
import type { TextFile } from "@/lib/messages/types"

/** Characters above which code is not highlighted, which would take seconds. */
const MAX_COLORED = 60_000
/** Rows shown initially, and added with each press. */
const ROWS = 200

export const isTable = ({ mediaType }: TextFile): boolean =>
  mediaType === "text/csv" || mediaType === "text/tab-separated-values"

/** A scroll container for content that overflows, focusable so that keys scroll it. */
function Scrolling({ name, children }: { name: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section tabIndex={0} aria-label={name} className="max-h-[50dvh] overflow-auto rounded-lg border bg-surface">
      {children}
    </section>
  )
}

/** The plain text, with code highlighted. */
export function PlainView({ file }: { file: TextFile }) {
  const language = languageOf(file.name)
  if (language && file.text.length <= MAX_COLORED)
    return (
      <div className="max-h-[54dvh] overflow-auto [&_.markdown>*]:my-0">
        <Markdown text={fenced(file.text, language)} streaming={false} />
      </div>
    )
  return (
    <Scrolling name={file.name}>
      <pre className="wrap-anywhere whitespace-pre-wrap p-3 font-mono text-[0.8125rem] leading-normal">{file.text}</pre>
    </Scrolling>
  )
}

/** Fences the text as a code block that nothing in it can end. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`{3,}/g), ([run]) => run.length))
  const fence = "`".repeat(longest + 1)
  return `${fence}${language}\n${text.endsWith("\n") ? text : `${text}\n`}${fence}`
}

/** A table in text form, rendered as a table. */
export function TableView({ file }: { file: TextFile }) {
  const t = useTranslations("files")
  const [most, setMost] = useState(ROWS)
  const separator = useMemo(() => detectSeparator(file.text), [file.text])
  const { rows, more } = useMemo(() => readTable(file.text, separator, most + 1), [file.text, separator, most])
  const [head = [], ...body] = rows
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0)
  const columns = Array.from({ length: width }, (_, index) => index)
  const cell = "max-w-80 truncate border-b px-3 py-1.5 text-start"
  return (
    <>
      <Scrolling name={file.name}>
        <table className="min-w-full text-[0.8125rem] tabular-nums">
          <thead className="sticky top-0 bg-muted">
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col" data-tip={head[column]} data-tip-cut="" className={`${cell} font-medium`}>
                  {head[column]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {body.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows are identified by index
              <tr key={index}>
                {columns.map((column) => (
                  <td key={column} data-tip={row[column]} data-tip-cut="" className={cell}>
                    {row[column]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolling>
      {more && (
        <Button size="sm" className="mt-2" onClick={() => setMost(most + 5 * ROWS)}>
          {t("moreRows", { count: body.length })}
        </Button>
      )}
    </>
  )
}
