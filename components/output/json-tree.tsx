"use client"

import { ChevronRight } from "lucide-react"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { useFormatLocale } from "@/components/base/format-locale"
import { formatCount } from "@/components/base/message-content"
import { entriesOf, type Kind, kindOf, leafText } from "@/components/output/tree"
import { cn } from "@/lib/cn"

/** Levels that are initially open. */
const OPEN_DEPTH = 3
/** Rows of one level shown before a “more” button. */
const PAGE = 100

/** A JSON value as nested lists. */
export function JsonTree({ value }: { value: unknown }) {
  const entries = entriesOf(value)
  return (
    <div dir="ltr" className="wrap-anywhere font-mono text-[0.8125rem] leading-[1.75]">
      {entries.length > 0 ? <Members value={value} depth={0} /> : <Leaf value={value} kind={kindOf(value)} />}
    </div>
  )
}

interface LevelProps {
  value: unknown
  depth: number
}

function Members({ value, depth }: LevelProps) {
  const t = useTranslations("output")
  const [shown, setShown] = useState(PAGE)
  const entries = entriesOf(value)
  const rest = entries.length - shown
  return (
    <ul>
      {entries.slice(0, shown).map(([key, member], index) => (
        <Row
          // Names may repeat.
          // biome-ignore lint/suspicious/noArrayIndexKey: members are only ever appended
          key={index}
          name={key}
          indexed={Array.isArray(value)}
          value={member}
          depth={depth}
        />
      ))}
      {rest > 0 && (
        <li className="ps-5">
          <button
            type="button"
            onClick={() => setShown(shown + PAGE)}
            className="font-medium text-spark-text underline underline-offset-4"
          >
            {t("showMore", { count: Math.min(rest, PAGE), rest })}
          </button>
        </li>
      )}
    </ul>
  )
}

function Row({ name, indexed, value, depth }: LevelProps & { name: string; indexed: boolean }) {
  const t = useTranslations("output")
  const locale = useFormatLocale()
  const kind = kindOf(value)
  const members = entriesOf(value).length
  const nested = (kind === "object" || kind === "array") && members > 0
  const [chosen, setChosen] = useState<boolean | null>(null)
  const open = chosen ?? depth < OPEN_DEPTH
  const label = <span className={indexed ? "text-muted-foreground" : "text-foreground"}>{name}</span>
  return (
    <li>
      {nested ? (
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setChosen(!open)}
          className="-ms-0.5 inline-flex items-center gap-0.5 rounded text-start hover:bg-muted"
        >
          <ChevronRight
            className={cn("size-4 text-muted-foreground transition-transform", open ? "rotate-90" : "rtl:rotate-180")}
          />
          {label}
          <span className="ms-2 text-muted-foreground">
            {t(kind === "array" ? "items" : "members", { count: members, shown: formatCount(members, locale) })}
          </span>
        </button>
      ) : (
        <span className="ps-4.5">
          {label}
          <span className="text-muted-foreground">: </span>
          <Leaf value={value} kind={kind} />
        </span>
      )}
      {nested && open && (
        <div className="ms-[7px] border-s ps-2.5">
          <Members value={value} depth={depth + 1} />
        </div>
      )}
    </li>
  )
}

const LEAF: Record<Kind, string> = {
  string: "text-success",
  number: "text-spark-text",
  boolean: "text-spark-text",
  null: "text-muted-foreground italic",
  missing: "text-muted-foreground italic",
  object: "text-muted-foreground",
  array: "text-muted-foreground",
}

function Leaf({ value, kind }: { value: unknown; kind: Kind }) {
  const t = useTranslations("output")
  const text = kind === "object" ? "{}" : kind === "array" ? "[]" : kind === "missing" ? t("nothing") : leafText(value)
  return <span className={cn("whitespace-pre-wrap", LEAF[kind])}>{text}</span>
}
