"use client"

import { useTranslations } from "next-intl"
import { useEffect, useMemo, useState } from "react"
import { Gone, New } from "@/components/ui/difference"
import { changesOf, type SchemaChange } from "@/lib/output/form/changes"

interface Props {
  before: string
  after: string
}

/** The differences between two schemas: by field, then by line. */
export function Changes({ before, after }: Props) {
  const t = useTranslations("schemas.changes")
  const changes = useMemo(() => changesOf(before, after), [before, after])
  return (
    <div className="flex flex-col gap-3">
      {changes?.length === 0 && (
        <p className="text-[0.8125rem] text-muted-foreground">{t(before === after ? "none" : "onlyForm")}</p>
      )}
      {changes && changes.length > 0 && (
        <ul aria-label={t("fields")} className="flex flex-col gap-1">
          {changes.map((change) => (
            <li key={JSON.stringify(change)} className="wrap-anywhere text-[0.8125rem] leading-6">
              <Change change={change} />
            </li>
          ))}
        </ul>
      )}
      {before !== after && <Lines before={before} after={after} />}
    </div>
  )
}

function Change({ change }: { change: SchemaChange }) {
  const t = useTranslations("schemas.changes")
  const kinds = useTranslations("schemas.kinds")
  const path = change.path || t("whole")
  const name = <code className="font-mono font-medium">{path}</code>
  if (change.is === "added" || change.is === "removed") {
    const Mark = change.is === "added" ? New : Gone
    return (
      <>
        {t(change.is)} <Mark>{path}</Mark> <span className="text-muted-foreground">{kinds(change.kind)}</span>
      </>
    )
  }
  if (change.is === "kind")
    return (
      <>
        {name} <Gone>{kinds(change.from)}</Gone> <New>{kinds(change.to)}</New>
      </>
    )
  if (change.is !== "keyword")
    return (
      <>
        {name} {t(change.is)}
      </>
    )
  return (
    <>
      {name} <span className="text-muted-foreground">{change.keyword}</span>{" "}
      {change.from !== null && <Gone>{shortened(change.from)}</Gone>}{" "}
      {change.to !== null && <New>{shortened(change.to)}</New>}
    </>
  )
}

const LONGEST = 200
const shortened = (json: string) => (json.length > LONGEST ? `${json.slice(0, LONGEST).toWellFormed()}…` : json)

interface Line {
  text: string
  mark: "+" | "-" | " "
}

/** Unchanged lines shown around a change. */
const AROUND = 2
const MAX_MS = 500

function Lines({ before, after }: Props) {
  const t = useTranslations("schemas.changes")
  const [lines, setLines] = useState<Line[] | null>(null)
  useEffect(() => {
    let left = false
    void import("diff")
      .then(({ diffLines }) => diffLines(before, after, { timeout: MAX_MS }))
      .then((pieces) => {
        if (!left && pieces) setLines(shownLines(pieces))
      })
      .catch(() => undefined)
    return () => {
      left = true
    }
  }, [before, after])
  if (!lines) return null
  return (
    <details>
      <summary className="cursor-pointer text-[0.8125rem] text-muted-foreground">{t("text")}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable by keyboard */}
      <pre tabIndex={0} className="mt-2 overflow-x-auto rounded-md border bg-surface py-2 font-mono text-xs leading-5">
        {lines.map(({ text, mark }, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
            key={index}
            className={
              mark === "+"
                ? "block bg-success/15 px-3"
                : mark === "-"
                  ? "block bg-danger-soft px-3"
                  : "block px-3 text-muted-foreground"
            }
          >
            {`${mark} ${text}`}
          </span>
        ))}
      </pre>
    </details>
  )
}

function shownLines(pieces: { value: string; added: boolean; removed: boolean }[]): Line[] {
  return pieces.flatMap(({ value, added, removed }, index) => {
    const texts = value.replace(/\n$/, "").split("\n")
    const mark = added ? "+" : removed ? "-" : " "
    if (mark !== " " || texts.length <= 2 * AROUND + 1) return texts.map((text): Line => ({ text, mark }))
    const first = index === 0 ? [] : texts.slice(0, AROUND)
    const last = index === pieces.length - 1 ? [] : texts.slice(-AROUND)
    return [...first, "…", ...last].map((text): Line => ({ text, mark }))
  })
}
