"use client"

import { ChevronRight } from "lucide-react"
import { useTranslations } from "next-intl"
import type { McpToolInfo } from "@/lib/mcp/types"

/** A server's tools, collapsed: their descriptions and token costs. */
export function ToolList({ tools }: { tools: McpToolInfo[] }) {
  const t = useTranslations("mcp")
  if (tools.length === 0) return null
  const tokens = tools.reduce((sum, tool) => sum + tool.tokens, 0)
  return (
    <details className="group mt-1.5 text-[0.8125rem]">
      <summary className="flex min-h-8 cursor-pointer list-none items-center gap-1.5 text-muted-foreground hover:text-foreground pointer-coarse:min-h-11">
        <ChevronRight className="size-4 transition-transform group-open:rotate-90 rtl:rotate-180" aria-hidden />
        {t("tools", { tokens })}
      </summary>
      <ul className="mt-1 flex flex-col gap-2 ps-5.5">
        {tools.map(({ name, title, description, says }) => (
          <li key={name}>
            <p className="wrap-anywhere">
              <span className="font-medium">{title}</span> <code className="text-muted-foreground text-xs">{name}</code>
            </p>
            <p className="wrap-anywhere line-clamp-3 text-muted-foreground">{description}</p>
            {(says.readOnly || says.destructive) && (
              <p className="text-muted-foreground text-xs">{t(says.readOnly ? "readOnly" : "destructive")}</p>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
