"use client"

import { Download } from "lucide-react"
import { useTranslations } from "next-intl"
import type { ReactNode } from "react"
import { Markdown } from "@/components/message/markdown/markdown"
import { CallRow } from "@/components/tools/call-row"
import { FullResultLink } from "@/components/tools/full-result-link"
import type { ToolCardProps } from "@/components/tools/tool-part"
import type { Whole } from "@/lib/ai/tools/whole"
import { isRecord } from "@/lib/is-record"

interface Output {
  printed: string
  value?: string
  error?: string
  whole?: Whole
  cut?: boolean
  files?: { id: string; name: string; size: number }[]
  unkept?: { name: string; reason: string }[]
}

interface CodeRunProps extends ToolCardProps {
  language: "javascript" | "python"
  /** Null: it has not run, or its result is from another version. */
  output: Output | null
  /** Further results. */
  children?: ReactNode
}

/** A code execution: the code, collapsed once it has run, and its output. */
export function CodeRun({ language, output, children, ...card }: CodeRunProps) {
  const t = useTranslations("tools")
  const code = isRecord(card.part.input) && typeof card.part.input.code === "string" ? card.part.input.code : ""
  const state = output ? (output.error === undefined ? undefined : t("codeFailed")) : undefined
  return (
    <CallRow
      {...card}
      state={state}
      opened={card.part.state === "input-streaming" && card.streaming}
      details={<Code {...{ code, language }} />}
    >
      {output && (
        <div className="flex flex-col gap-2.5 border-t px-3.5 py-3 text-[0.8125rem]">
          <Text {...output} />
          {children}
          {output.files && output.files.length > 0 && <Files files={output.files} />}
          {output.unkept?.map(({ name, reason }) => (
            <p key={name} className="wrap-anywhere text-danger">
              {t("unkeptFile", { name, reason })}
            </p>
          ))}
          {output.whole && <FullResultLink whole={output.whole} />}
          {output.cut && <p className="text-muted-foreground text-xs">{t("outputCut")}</p>}
        </div>
      )}
    </CallRow>
  )
}

/** Uses a fence that nothing in the code closes. */
function Code({ code, language }: { code: string; language: string }) {
  const longest = Math.max(2, ...Array.from(code.matchAll(/`+/g), ([ticks]) => ticks.length))
  const fence = "`".repeat(longest + 1)
  return <Markdown text={`${fence}${language}\n${code}\n${fence}`} streaming={false} />
}

const OUTPUT = "max-h-80 overflow-auto whitespace-pre-wrap wrap-anywhere font-mono text-[0.8125rem]"

function Text({ printed, value, error, files }: Output) {
  const t = useTranslations("tools")
  if (!(printed || value || error || files?.length)) return <p className="text-muted-foreground">{t("noOutput")}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable by keyboard
    <section aria-label={t("output")} tabIndex={0} className={OUTPUT}>
      {printed && <pre className="whitespace-pre-wrap">{printed.trimEnd()}</pre>}
      {value !== undefined && <pre className="whitespace-pre-wrap text-muted-foreground">{value}</pre>}
      {error !== undefined && <pre className="whitespace-pre-wrap text-danger">{error}</pre>}
    </section>
  )
}

function Files({ files }: Required<Pick<Output, "files">>) {
  const t = useTranslations("tools")
  return (
    <ul aria-label={t("wrote")} className="flex flex-wrap gap-2">
      {files.map(({ id, name, size }) => (
        <li key={id}>
          <a
            href={`/api/files/${id}`}
            download={name}
            aria-label={t("download", { name })}
            className="inline-flex h-8 max-w-full items-center gap-2 rounded-md border px-2.5 hover:bg-muted pointer-coarse:h-10"
          >
            <Download className="size-4 shrink-0" aria-hidden />
            <span className="truncate">{name}</span>
            <span className="shrink-0 text-muted-foreground">{t("kilobytes", { size: size / 1_000 })}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}
