"use client"

import { ExternalLink, FileText, Music } from "lucide-react"
import { useTranslations } from "next-intl"
import { useCallNews } from "@/components/message/parts/call-news"
import { useMessageContext } from "@/components/message/parts/message-context"
import { MessageImages } from "@/components/message/parts/message-images"
import { JsonTree } from "@/components/output/json-tree"
import { CallRow } from "@/components/tools/call-row"
import { OutsideLink } from "@/components/tools/card-frame"
import { FullResultLink } from "@/components/tools/full-result-link"
import { LongText } from "@/components/tools/long-text"
import { McpForm } from "@/components/tools/mcp-form"
import { type ToolCardProps, toolNameOf } from "@/components/tools/tool-part"
import { isSameJson } from "@/lib/json-text"
import { type McpContent, type McpOutput, mcpOutput, mcpToolLabel } from "@/lib/mcp/types"
import type { CallNews } from "@/lib/messages/call-news"

/** A tool call on an MCP server: its progress, what the server asks, and the result. */
export default function McpCard(props: ToolCardProps) {
  const { part, streaming } = props
  const t = useTranslations("tools")
  const news = useCallNews(part.toolCallId)
  const running = streaming && (part.state.startsWith("input") || part.state === "approval-responded")
  const came = part.state === "output-available" ? mcpOutput.safeParse(part.output) : undefined
  return (
    <CallRow
      {...props}
      name={mcpToolLabel(toolNameOf(part)) ?? undefined}
      details={
        <>
          <h4 className="mb-1 font-medium text-muted-foreground">{t("asked")}</h4>
          <JsonTree value={part.input} />
          {came && !came.success && <JsonTree value={part.state === "output-available" ? part.output : undefined} />}
        </>
      }
    >
      {running && news?.progress && <Progress {...news.progress} />}
      {running && news?.ask && <McpForm key={news.ask.id} form={news.ask} />}
      {came?.success && <Result output={came.data} />}
    </CallRow>
  )
}

function Progress({ done, total, text }: NonNullable<CallNews["progress"]>) {
  const t = useTranslations("mcp")
  return (
    <div className="border-t px-3.5 py-2.5 text-[0.8125rem]">
      <div className="flex items-center gap-3">
        <progress
          aria-label={t("progress")}
          max={total ?? undefined}
          value={total === undefined ? undefined : Math.min(done, total)}
          className="h-1.5 min-w-0 flex-1 accent-primary"
        />
        <span className="text-muted-foreground tabular-nums">
          {total === undefined ? t("steps", { done }) : t("stepsOf", { done, total })}
        </span>
      </div>
      {text && <p className="wrap-anywhere mt-1 text-muted-foreground">{text}</p>}
    </div>
  )
}

function Result({ output: { server, content, structured, leftOut, whole } }: { output: McpOutput }) {
  const t = useTranslations("mcp")
  const json = structured === undefined ? "" : JSON.stringify(structured)
  // Servers repeat their structured result as text.
  const shown = content.filter((part) => !(part.type === "text" && (!part.text.trim() || isSameJson(part.text, json))))
  return (
    <div className="flex flex-col gap-2.5 border-t px-3.5 py-3 text-[0.84375rem]">
      {shown.map((part, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a result never changes
        <Piece key={place} part={part} server={server} />
      ))}
      {structured !== undefined && <JsonTree value={structured} />}
      {shown.length === 0 && structured === undefined && <p className="text-muted-foreground">{t("nothing")}</p>}
      {leftOut !== undefined && <p className="text-muted-foreground">{t("leftOut", { count: leftOut })}</p>}
      {whole && <FullResultLink whole={whole} />}
      <p className="text-muted-foreground text-xs">{t("from", { server })}</p>
    </div>
  )
}

function Piece({ part, server }: { part: McpContent; server: string }) {
  const t = useTranslations("mcp")
  const { conversationId } = useMessageContext()
  if (part.type === "text") return <LongText text={part.text} cite={server} />
  if (part.type === "image")
    // The user's own image: others see it only through a share that includes it.
    return conversationId === null && !part.share ? (
      <p className="text-muted-foreground">{t("image")}</p>
    ) : (
      <div className="self-start">
        <MessageImages
          images={[
            {
              type: "file",
              mediaType: "image/png",
              url: `/api/images/${part.id}${part.share ? `?share=${part.share}` : ""}`,
            },
          ]}
        />
      </div>
    )
  if (part.type === "lost_image") return <p className="text-muted-foreground">{t("lostImage", part)}</p>
  if (part.type === "audio")
    return (
      <p className="flex items-center gap-2 text-muted-foreground">
        <Music className="size-4 shrink-0" aria-hidden /> {t("audio", part)}
      </p>
    )
  return <Resource part={part} />
}

function Resource({ part }: { part: Extract<McpContent, { type: "link" | "resource" }> }) {
  const t = useTranslations("mcp")
  const Icon = part.type === "link" ? ExternalLink : FileText
  const name = part.type === "link" ? (part.title ?? part.name) : part.uri
  const about = [
    part.mediaType,
    part.type === "resource" && part.bytes !== undefined ? t("bytes", { bytes: part.bytes }) : "",
  ]
  return (
    <div className="rounded-md border px-3 py-2">
      <p className="flex items-start gap-2">
        <Icon className="mt-0.5 size-4 shrink-0 text-muted-foreground" aria-hidden />
        <span className="wrap-anywhere min-w-0">
          {/^https?:\/\//i.test(part.uri) ? (
            <OutsideLink url={part.uri} className="font-medium underline-offset-2 hover:underline">
              {name}
            </OutsideLink>
          ) : (
            <span className="font-medium">{name}</span>
          )}
          <span className="block text-muted-foreground text-xs">
            {[part.type === "link" ? part.uri : "", ...about].filter(Boolean).join(" · ")}
          </span>
        </span>
      </p>
      {part.type === "link" && part.description && (
        <p className="wrap-anywhere mt-1 text-[0.8125rem] text-muted-foreground">{part.description}</p>
      )}
      {part.type === "resource" && part.text !== undefined && <LongText text={part.text} cite={part.uri} />}
    </div>
  )
}
