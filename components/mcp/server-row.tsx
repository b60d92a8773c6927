"use client"

import { CircleAlert, CircleCheck, CircleSlash } from "lucide-react"
import { useTranslations } from "next-intl"
import { useCallback, useEffect, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { changeServer, readState, removeServer, signInTo } from "@/components/mcp/api"
import { ServerForm } from "@/components/mcp/server-form"
import { ToolList } from "@/components/mcp/tool-list"
import { Button } from "@/components/ui/button"
import { Spinner } from "@/components/ui/spinner"
import type { McpServerInfo, McpServerState } from "@/lib/mcp/types"

interface Props {
  server: McpServerInfo
  /** `done`: the message about the outcome. */
  onChanged: (done?: string) => Promise<void>
}

/** A server with its state, tools and actions. */
export function ServerRow({ server, onChanged }: Props) {
  const t = useTranslations("mcp")
  const { id, name, own, enabled } = server
  const { state, problem, check, attempt } = useServer(server)
  const [editing, setEditing] = useState(false)
  const [removing, setRemoving] = useState(false)
  if (editing)
    return (
      <li className="border-b py-3">
        <ServerForm
          server={server}
          onCancel={() => setEditing(false)}
          onKept={(kept) => {
            setEditing(false)
            check()
            void onChanged(t("saved", { name: kept }))
          }}
        />
      </li>
    )
  return (
    <li aria-label={name} className="border-b py-3">
      <div className="flex items-start gap-3">
        <Said server={server} state={state} problem={problem} />
        {own && (
          <Use server={server} onChange={(on) => attempt(changeServer(id, { enabled: on }), () => onChanged())} />
        )}
      </div>
      {state !== "checking" && state.state === "connected" && enabled && <ToolList tools={state.tools} />}
      <Actions
        server={server}
        state={state}
        removing={removing}
        onCheck={check}
        onSignIn={() => attempt(signInTo(id), async (url) => window.location.assign(url))}
        onEdit={() => setEditing(true)}
        onRemove={() => setRemoving(true)}
      />
      {removing && (
        <SureRemove
          name={name}
          onCancel={() => setRemoving(false)}
          onRemove={() => attempt(removeServer(id), () => onChanged(t("removed", { name })))}
        />
      )}
    </li>
  )
}

/** Its name, URL and state. */
function Said({ server, state, problem }: { server: McpServerInfo; state: Shown; problem: string | null }) {
  const t = useTranslations("mcp")
  return (
    <div className="min-w-0 flex-1">
      <p className="wrap-anywhere font-medium text-sm">{server.name}</p>
      <p className="wrap-anywhere text-[0.8125rem] text-muted-foreground">
        {[server.url ?? t("ofOperator"), server.signedIn && t("signedIn"), !server.asks && t("unasked")]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <State state={server.enabled ? state : "off"} />
      {problem && (
        <p role="alert" className="wrap-anywhere mt-1 text-[0.8125rem] text-danger">
          {problem}
        </p>
      )}
    </div>
  )
}

function Use({ server: { name, enabled }, onChange }: { server: McpServerInfo; onChange: (on: boolean) => void }) {
  const t = useTranslations("mcp")
  return (
    <input
      type="checkbox"
      role="switch"
      aria-label={t("use", { name })}
      checked={enabled}
      aria-checked={enabled}
      onChange={({ target }) => onChange(target.checked)}
      className="mt-1 size-4 shrink-0 accent-primary pointer-coarse:size-6"
    />
  )
}

interface ActionsProps {
  server: McpServerInfo
  state: Shown
  removing: boolean
  onCheck: () => void
  onSignIn: () => void
  onEdit: () => void
  onRemove: () => void
}

function Actions({ server, state, removing, onCheck, onSignIn, onEdit, onRemove }: ActionsProps) {
  const t = useTranslations("mcp")
  const { name, own, enabled } = server
  return (
    <div className="mt-2 flex flex-wrap gap-2">
      {enabled && (
        <Button size="sm" aria-label={t("testNamed", { name })} onClick={onCheck}>
          {t("test")}
        </Button>
      )}
      {asksToSignIn(state) && (
        <Button size="sm" variant="primary" aria-label={t("signInNamed", { name })} onClick={onSignIn}>
          {t("signIn")}
        </Button>
      )}
      {own && (
        <>
          <Button size="sm" aria-label={t("editNamed", { name })} onClick={onEdit}>
            {t("edit")}
          </Button>
          {!removing && (
            <Button size="sm" aria-label={t("removeNamed", { name })} onClick={onRemove}>
              {t("remove")}
            </Button>
          )}
        </>
      )}
    </div>
  )
}

const asksToSignIn = (state: Shown): boolean =>
  state !== "checking" && (state.state === "failed" ? state.signIn : state.wants !== undefined)

function SureRemove({ name, onCancel, onRemove }: { name: string; onCancel: () => void; onRemove: () => void }) {
  const t = useTranslations("mcp")
  return (
    // biome-ignore lint/a11y/useSemanticElements: fieldset is for form data
    <div role="group" aria-label={t("removeNamed", { name })} className="mt-2 flex flex-wrap items-center gap-2">
      <p className="min-w-0 flex-1 basis-60 text-[0.8125rem]">{t("sureRemove", { name })}</p>
      <Button size="sm" onClick={onCancel}>
        {t("cancel")}
      </Button>
      <Button size="sm" variant="danger" className="border" onClick={onRemove}>
        {t("remove")}
      </Button>
    </div>
  )
}

type Shown = McpServerState | "checking"

/** The server's current state, and the outcome of the last change. */
function useServer({ id, enabled }: McpServerInfo) {
  const [state, setState] = useState<Shown>("checking")
  const [problem, setProblem] = useState<string | null>(null)
  const [asked, setAsked] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: queried again on retry
  useEffect(() => {
    if (!enabled) return
    const leave = new AbortController()
    setState("checking")
    readState(id, leave.signal).then(setState, (error: unknown) => {
      if (!leave.signal.aborted) setState({ state: "failed", problem: sentenceOf(error), signIn: false })
    })
    return () => leave.abort()
  }, [id, enabled, asked])
  const check = useCallback(() => setAsked((times) => times + 1), [])
  function attempt<T>(work: Promise<T>, then: (result: T) => Promise<void>) {
    setProblem(null)
    void work.then(then).catch((error: unknown) => setProblem(sentenceOf(error)))
  }
  return { state, problem, check, attempt }
}

function State({ state }: { state: Shown | "off" }) {
  const t = useTranslations("mcp")
  const row = "mt-1 flex items-start gap-1.5 text-[0.8125rem] [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0"
  return (
    <p role="status" className={row}>
      {state === "off" ? (
        <>
          <CircleSlash className="text-muted-foreground" aria-hidden /> {t("off")}
        </>
      ) : state === "checking" ? (
        <>
          <Spinner /> {t("checking")}
        </>
      ) : state.state === "connected" ? (
        <>
          <CircleCheck className="text-muted-foreground" aria-hidden />
          <span className="wrap-anywhere">
            {[t("connected", { count: state.tools.length }), state.wants].filter(Boolean).join(". ")}
          </span>
        </>
      ) : (
        <>
          <CircleAlert className="text-danger" aria-hidden /> <span className="wrap-anywhere">{state.problem}</span>
        </>
      )}
    </p>
  )
}
