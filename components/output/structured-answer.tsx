"use client"

import { CircleAlert, CircleCheck, Download } from "lucide-react"
import { useTranslations } from "next-intl"
import { Tabs } from "radix-ui"
import { useMemo } from "react"
import { useSchemaTitle } from "@/components/base/schema-title"
import { JsonTree } from "@/components/output/json-tree"
import { problemsOutside } from "@/components/output/tree"
import { CopyButton } from "@/components/ui/copy-button"
import { IconButton } from "@/components/ui/icon-button"
import { Spinner } from "@/components/ui/spinner"
import type { OutputCheck, OutputRequest } from "@/lib/messages/types"
import { prettyJson } from "@/lib/output/json-source"
import { parsePartial } from "@/lib/output/partial"

interface Props {
  text: string
  request: OutputRequest | undefined
  check: OutputCheck | undefined
  streaming: boolean
}

/** An answer in JSON: a tree while it forms and after, its problems at their places, and the text itself. */
export default function StructuredAnswer({ text, request, check, streaming }: Props) {
  const t = useTranslations("output")
  const { value, state, json, around } = useMemo(() => parsePartial(text), [text])
  const wireName = request?.type === "json_schema" ? request.name : "JSON"
  const name = useSchemaTitle()(wireName)
  // What the model wrote, digit for digit: only the blanks are ours.
  const pretty = () => (state === "whole" ? prettyJson(json) : text)
  const readable = state === "whole" || state === "forming"
  return (
    <section aria-label={t("data", { name })} className="overflow-hidden rounded-lg border bg-surface">
      <Tabs.Root defaultValue="tree">
        <div className="flex h-11 items-center gap-3 border-b bg-sidebar pe-1.5 ps-3.5">
          <Tabs.List aria-label={t("view")} className="flex gap-1">
            <Tab value="tree">{t("tree")}</Tab>
            <Tab value="json">{t("json")}</Tab>
          </Tabs.List>
          <div className="ms-auto flex">
            <CopyButton text={pretty} label={t("copy")} disabled={streaming} />
            <IconButton
              label={t("download")}
              disabled={streaming}
              onClick={() => download(pretty(), `${wireName.toLowerCase()}.json`)}
            >
              <Download className="size-4" />
            </IconButton>
          </div>
        </div>
        <Tabs.Content
          value="tree"
          className="max-h-[36rem] overflow-auto px-3.5 py-3 focus-visible:outline-offset-[-2px]"
        >
          {readable ? (
            <JsonTree value={value} problems={check?.problems} />
          ) : (
            <pre className="wrap-anywhere whitespace-pre-wrap font-mono text-[0.8125rem]">{text}</pre>
          )}
        </Tabs.Content>
        <Tabs.Content
          value="json"
          className="max-h-[36rem] overflow-auto px-3.5 py-3 focus-visible:outline-offset-[-2px]"
        >
          <pre className="wrap-anywhere whitespace-pre-wrap font-mono text-[0.8125rem] leading-relaxed">{pretty()}</pre>
        </Tabs.Content>
      </Tabs.Root>
      {around && state === "whole" && !streaming && (
        <details className="border-t px-3.5 py-2 text-[0.8125rem] text-muted-foreground">
          <summary>{t("around")}</summary>
          <p className="wrap-anywhere mt-1 whitespace-pre-wrap">{around}</p>
        </details>
      )}
      <Summary name={name} check={check} streaming={streaming} value={value} />
    </section>
  )
}

function Tab({ value, children }: { value: string; children: string }) {
  return (
    <Tabs.Trigger
      value={value}
      className="rounded-md px-2.5 py-1 font-medium text-[0.8125rem] text-muted-foreground hover:text-foreground data-[state=active]:bg-muted data-[state=active]:text-foreground"
    >
      {children}
    </Tabs.Trigger>
  )
}

function Summary({
  name,
  check,
  streaming,
  value,
}: Omit<Props, "text" | "request"> & { name: string; value: unknown }) {
  const t = useTranslations("output")
  const row = "flex min-h-10 items-center gap-2 border-t px-3.5 py-2 text-[0.8125rem]"
  if (streaming)
    return (
      <p className={`${row} text-muted-foreground`} role="status">
        <Spinner className="size-3.5" /> {t("forming")}
      </p>
    )
  if (!check) return <p className={`${row} text-muted-foreground`}>{t("early")}</p>
  if (check.valid)
    return (
      <p className={row}>
        <CircleCheck className="size-4 text-success" aria-hidden />
        {name === "JSON" ? t("validJson") : t("valid", { name })}
      </p>
    )
  const elsewhere = problemsOutside(check.problems, value)
  return (
    <div className={`${row} flex-col items-start`}>
      <p className="flex items-center gap-2 font-medium">
        <CircleAlert className="size-4 text-danger" aria-hidden />
        {t("problems", { count: check.problems.length })}
      </p>
      {elsewhere.length > 0 && (
        <ul className="ms-6 list-disc ps-3.5">
          {elsewhere.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              <code className="font-mono">{path}</code> {message}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function download(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }))
  const link = document.createElement("a")
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
