"use client"

import { Plus, X } from "lucide-react"
import { useTranslations } from "next-intl"
import { type FormEvent, useEffect, useId, useRef, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { addServer, changeServer } from "@/components/mcp/api"
import { Button } from "@/components/ui/button"
import { IconButton } from "@/components/ui/icon-button"
import { Spinner } from "@/components/ui/spinner"
import { MAX_NAME, type McpServerInfo } from "@/lib/mcp/types"

interface Props {
  /** Omitted for a new one. */
  server?: McpServerInfo
  onCancel: () => void
  onKept: (name: string) => void
}

interface Header {
  key: number
  name: string
  /** Its value is stored; null is sent for it. */
  kept: boolean
}

const FIELD =
  "h-9 w-full rounded-md border border-input bg-background px-2.5 text-sm max-sm:text-base pointer-coarse:h-11"

/** Name, address, and secret headers of a server. */
export function ServerForm({ server, onCancel, onKept }: Props) {
  const t = useTranslations("mcp")
  const { headers, setHeaders, busy, problem, submit } = useServerForm(server, onKept)
  return (
    <form onSubmit={submit} aria-label={server ? t("editNamed", { name: server.name }) : t("add")} className="py-3">
      <Place server={server} />
      <HeaderList headers={headers} onChange={setHeaders} />
      {problem && (
        <p role="alert" className="wrap-anywhere mt-2 text-[0.8125rem] text-danger">
          {problem}
        </p>
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        <Button type="submit" variant="primary" aria-disabled={busy}>
          {busy && <Spinner />} {t(busy ? "saving" : "save")}
        </Button>
        <Button variant="ghost" onClick={onCancel}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  )
}

/** The current headers, and the outcome of submitting. */
function useServerForm(server: Props["server"], onKept: Props["onKept"]) {
  const [headers, setHeaders] = useState<Header[]>(() =>
    (server?.headers ?? []).map((name, key) => ({ key, name, kept: true })),
  )
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    const data = new FormData(event.currentTarget)
    const text = (name: string) => String(data.get(name) ?? "").trim()
    const given = headers
      .map(({ key, kept }) => ({ name: text(`name-${key}`), value: text(`value-${key}`) || (kept ? null : "") }))
      .filter(({ name, value }) => name && value !== "")
    const said = { name: text("name"), url: text("url"), headers: given }
    setBusy(true)
    setProblem(null)
    try {
      await (server ? changeServer(server.id, said) : addServer(said))
      onKept(said.name)
    } catch (error) {
      setProblem(sentenceOf(error))
      setBusy(false)
    }
  }
  return { headers, setHeaders, busy, problem, submit }
}

/** Name and URL; the name has the initial focus. */
function Place({ server }: Pick<Props, "server">) {
  const t = useTranslations("mcp")
  const id = useId()
  const first = useRef<HTMLInputElement>(null)
  useEffect(() => first.current?.focus(), [])
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-[12rem_1fr]">
        <label className="text-[0.8125rem]">
          {t("name")}
          <input
            ref={first}
            name="name"
            required
            maxLength={MAX_NAME}
            defaultValue={server?.name}
            autoComplete="off"
            className={`${FIELD} mt-1`}
          />
        </label>
        <label className="text-[0.8125rem]">
          {t("url")}
          <input
            name="url"
            type="url"
            required
            defaultValue={server?.url ?? ""}
            placeholder={t("urlExample")}
            aria-describedby={`${id}-hint`}
            className={`${FIELD} mt-1`}
          />
        </label>
      </div>
      <p id={`${id}-hint`} className="mt-1 text-[0.8125rem] text-muted-foreground">
        {t("urlHint")}
      </p>
    </>
  )
}

function HeaderList({ headers, onChange }: { headers: Header[]; onChange: (headers: Header[]) => void }) {
  const t = useTranslations("mcp")
  const add = () =>
    onChange([...headers, { key: Math.max(-1, ...headers.map(({ key }) => key)) + 1, name: "", kept: false }])
  return (
    <fieldset className="mt-3">
      <legend className="text-[0.8125rem]">{t("headers")}</legend>
      <p className="text-[0.8125rem] text-muted-foreground">{t("headerHint")}</p>
      {headers.map((header) => (
        <HeaderRow
          key={header.key}
          header={header}
          onRemove={() => onChange(headers.filter(({ key }) => key !== header.key))}
        />
      ))}
      <Button size="sm" variant="ghost" className="mt-2 -ms-2" onClick={add}>
        <Plus className="size-4" aria-hidden /> {t("addHeader")}
      </Button>
    </fieldset>
  )
}

function HeaderRow({ header: { key, name, kept }, onRemove }: { header: Header; onRemove: () => void }) {
  const t = useTranslations("mcp")
  return (
    <div className="mt-2 flex gap-2">
      <input
        name={`name-${key}`}
        aria-label={t("header")}
        placeholder={t("headerExample")}
        defaultValue={name}
        readOnly={kept}
        maxLength={100}
        className={FIELD}
      />
      <input
        name={`value-${key}`}
        type="password"
        autoComplete="off"
        data-1p-ignore
        data-lpignore="true"
        aria-label={t("value")}
        placeholder={kept ? t("kept") : t("valueExample")}
        maxLength={8_000}
        className={FIELD}
      />
      <IconButton label={t("removeHeader")} onClick={onRemove}>
        <X className="size-4" />
      </IconButton>
    </div>
  )
}
