"use client"

import { ChevronRight } from "lucide-react"
import { useTranslations } from "next-intl"
import { useState } from "react"
import { useFormatLocale } from "@/components/base/format-locale"
import { formatCount } from "@/components/base/message-content"
import {
  childPointer,
  entriesOf,
  type Kind,
  kindOf,
  leafText,
  problemsAt,
  problemsWithin,
} from "@/components/output/tree"
import { cn } from "@/lib/cn"
import type { OutputProblem } from "@/lib/messages/types"

/** Levels that are open from the start. */
const OPEN_DEPTH = 3
/** Rows of one level before the rest is asked for. */
const PAGE = 100

interface TreeProps {
  value: unknown
  problems?: OutputProblem[]
}

const NO_PROBLEMS: OutputProblem[] = []

/** A JSON value as nested lists, with problems at their places. */
export function JsonTree({ value, problems = NO_PROBLEMS }: TreeProps) {
  const entries = entriesOf(value)
  return (
    <div dir="ltr" className="wrap-anywhere font-mono text-[0.8125rem] leading-[1.75]">
      <Problems problems={problemsAt(problems, "")} />
      {entries.length > 0 ? (
        <Members value={value} pointer="" problems={problems} depth={0} />
      ) : (
        <Leaf value={value} kind={kindOf(value)} />
      )}
    </div>
  )
}

interface LevelProps {
  value: unknown
  pointer: string
  problems: OutputProblem[]
  depth: number
}

function Members({ value, pointer, problems, depth }: LevelProps) {
  const t = useTranslations("output")
  const [shown, setShown] = useState(PAGE)
  const entries = entriesOf(value)
  const rest = entries.length - shown
  return (
    <ul>
      {entries.slice(0, shown).map(([key, member], index) => (
        <Row
          // A name may stand twice.
          // biome-ignore lint/suspicious/noArrayIndexKey: members are only ever appended
          key={index}
          name={key}
          indexed={Array.isArray(value)}
          value={member}
          pointer={childPointer(pointer, key)}
          problems={problems}
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

function Row({ name, indexed, value, pointer, problems, depth }: LevelProps & { name: string; indexed: boolean }) {
  const t = useTranslations("output")
  const locale = useFormatLocale()
  const kind = kindOf(value)
  const members = entriesOf(value).length
  const nested = (kind === "object" || kind === "array") && members > 0
  const [chosen, setChosen] = useState<boolean | null>(null)
  const within = problemsWithin(problems, pointer)
  const open = chosen ?? (depth < OPEN_DEPTH || within.length > 0)
  const label = <span className={indexed ? "text-muted-foreground" : "text-foreground"}>{name}</span>
  const here = problemsAt(problems, pointer)
  return (
    <li className={cn(here.length > 0 && "-mx-1.5 rounded-md bg-danger-soft px-1.5")}>
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
            {!open && within.length > 0 && `, ${t("wrong", { count: within.length })}`}
          </span>
        </button>
      ) : (
        <span className="ps-4.5">
          {label}
          <span className="text-muted-foreground">: </span>
          <Leaf value={value} kind={kind} />
        </span>
      )}
      <Problems problems={here} />
      {nested && open && (
        <div className="ms-[7px] border-s ps-2.5">
          <Members value={value} pointer={pointer} problems={problems} depth={depth + 1} />
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

function Problems({ problems }: { problems: OutputProblem[] }) {
  return problems.map(({ path, message }) => (
    <p key={`${path} ${message}`} className="ps-4.5 font-sans text-[0.8125rem] text-danger leading-normal">
      {message}
    </p>
  ))
}
