"use client"

import { Check, ExternalLink, X } from "lucide-react"
import { useTranslations } from "next-intl"
import { useFormatLocale } from "@/components/base/format-locale"
import { safeLink } from "@/components/message/markdown/html/safe-urls"
import { useIsAppRoute } from "@/components/message/markdown/html/use-own-route"
import { cn } from "@/lib/cn"
import type { Currencies } from "@/lib/output/view/amounts"
import { isLeaf } from "@/lib/output/view/layout"
import { type Look, lookOf } from "@/lib/output/view/look"
import { ANY, itemSchema, type Schema, type Shape, shapeOf } from "@/lib/output/view/shape"

interface Props {
  /** As returned by `readJson`; undefined when there is none. */
  value: unknown
  /** What the schema says about it. */
  shape?: Shape
  /** The whole schema, for resolving references. */
  root?: Schema | null
  /** The member's name, which may indicate that a number is an amount. */
  name?: string
  /** Still being written: shown as plain text so far. */
  open?: boolean
  /** Currencies named by sibling values. */
  currencies?: Currencies
  /** On a single line. */
  oneLine?: boolean
}

/** A single value rendered as its type, never as a type it might not have. */
export function Value({ value, shape = ANY, root = null, oneLine = false, ...rest }: Props) {
  const locale = useFormatLocale()
  if (Array.isArray(value) && value.length > 0 && value.every(isLeaf))
    return (
      <span className={cn("wrap-anywhere", oneLine && "block truncate")}>
        {value.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: items are only ever appended
          <span key={index}>
            {index > 0 && ", "}
            <Value
              value={item}
              shape={shapeOf(root, itemSchema(shape, index), item)}
              {...rest}
              open={rest.open && index === value.length - 1}
            />
          </span>
        ))}
      </span>
    )
  return <Shown look={lookOf(value, shape, { locale, ...rest })} oneLine={oneLine} />
}

function Shown({ look, oneLine }: { look: Look; oneLine: boolean }) {
  switch (look.kind) {
    case "missing":
    case "null":
      return <Nothing kind={look.kind} />
    case "boolean":
      return <YesOrNo value={look.value} />
    case "number":
    case "money":
      return (
        <data value={look.source} className="wrap-anywhere tabular-nums">
          {look.text}
        </data>
      )
    case "moment":
      return <time dateTime={look.source}>{look.text}</time>
    case "option":
      return <span className="wrap-anywhere inline-block rounded-md bg-muted px-1.5 leading-6">{look.text}</span>
    case "link":
      return <WebLink {...look} oneLine={oneLine} />
    case "email":
      return (
        <a href={look.href} className={cn(LINK, oneLine && "block truncate")}>
          {look.text}
        </a>
      )
    case "json":
      return (
        <code className={cn("wrap-anywhere font-mono text-[0.8125em]", oneLine && "block truncate")}>{look.text}</code>
      )
    default:
      return <Text text={look.text} oneLine={oneLine} />
  }
}

// Translations are looked up only when needed: a table has thousands of values.

function Nothing({ kind }: { kind: "missing" | "null" | "empty" }) {
  const t = useTranslations("output.value")
  if (kind !== "missing") return <span className="text-muted-foreground">{t(kind === "null" ? "none" : kind)}</span>
  return (
    <span className="text-muted-foreground">
      <span aria-hidden>—</span>
      <span className="sr-only">{t("missing")}</span>
    </span>
  )
}

function YesOrNo({ value }: { value: boolean }) {
  const t = useTranslations("output.value")
  const Icon = value ? Check : X
  return (
    <span className="inline-flex items-center gap-1.5">
      <Icon aria-hidden className={cn("size-4", value ? "text-success" : "text-muted-foreground")} />
      {t(value ? "yes" : "no")}
    </span>
  )
}

const LINK = "wrap-anywhere text-spark-text underline decoration-spark/40 underline-offset-3 hover:decoration-current"

function Text({ text, oneLine }: { text: string; oneLine: boolean }) {
  if (text === "") return <Nothing kind="empty" />
  return <span className={oneLine ? "block truncate" : "wrap-anywhere whitespace-pre-wrap"}>{text}</span>
}

/** As in Markdown answers: web addresses with a host, except this application's routes. */
function WebLink({ text, href, oneLine }: { text: string; href: string; oneLine: boolean }) {
  const address = safeLink(href)
  const own = useIsAppRoute(address)
  if (!address || own) return <Text text={text} oneLine={oneLine} />
  return (
    <a
      href={address}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className={cn(LINK, oneLine && "block truncate")}
    >
      {text}
      <ExternalLink aria-hidden className="ms-1 inline size-3 align-baseline" />
    </a>
  )
}
