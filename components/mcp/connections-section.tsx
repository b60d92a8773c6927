"use client"

import { Plus } from "lucide-react"
import { useTranslations } from "next-intl"
import { useCallback, useEffect, useRef, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { focusWhenRendered } from "@/components/base/focus"
import { readServers } from "@/components/mcp/api"
import { ServerForm } from "@/components/mcp/server-form"
import { ServerRow } from "@/components/mcp/server-row"
import { Button } from "@/components/ui/button"
import { Spinner } from "@/components/ui/spinner"
import type { McpServers } from "@/lib/mcp/types"

/** MCP servers: the operator's and the user's own. */
export function ConnectionsSection() {
  const t = useTranslations("mcp")
  const [servers, setServers] = useState<McpServers | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [said, setSaid] = useState("")
  const [adding, setAdding] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const read = useCallback(async (done = "") => {
    try {
      setServers(await readServers())
      setProblem(null)
      setSaid(done)
    } catch (error) {
      setProblem(sentenceOf(error))
    }
  }, [])
  useEffect(() => void read(), [read])
  const close = () => {
    setAdding(false)
    focusWhenRendered(() => button.current)
  }
  return (
    <>
      <p className="text-pretty border-b py-3 text-[0.8125rem] text-muted-foreground leading-5">{t("meaning")}</p>
      <p role="status" className={said ? "pt-2 text-[0.8125rem]" : "sr-only"}>
        {said}
      </p>
      {problem && (
        <p role="alert" className="mt-3 rounded-md bg-danger-soft px-3 py-2 text-danger text-sm">
          {problem}
        </p>
      )}
      {!servers && !problem && <Spinner />}
      {servers?.servers.length === 0 && !adding && <p className="py-3 text-muted-foreground text-sm">{t("none")}</p>}
      <ul aria-label={t("title")}>
        {servers?.servers.map((server) => (
          <ServerRow key={server.id} server={server} onChanged={read} />
        ))}
      </ul>
      {servers && !servers.allowed && <p className="py-3 text-[0.8125rem] text-muted-foreground">{t("notAllowed")}</p>}
      {servers?.allowed &&
        (adding ? (
          <ServerForm
            onCancel={close}
            onKept={(name) => {
              close()
              void read(t("added", { name }))
            }}
          />
        ) : (
          <Button ref={button} className="mt-3" onClick={() => setAdding(true)}>
            <Plus className="size-4" aria-hidden /> {t("add")}
          </Button>
        ))}
    </>
  )
}
