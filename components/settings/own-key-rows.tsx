"use client"

import { useTranslations } from "next-intl"
import { type FormEvent, type RefObject, useEffect, useId, useRef, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { focusSoon } from "@/components/base/focus"
import { putOwnKey, readOwnKey, removeOwnKey, switchOwnKey } from "@/components/settings/own-key"
import { ChoiceRow, SettingRow } from "@/components/settings/setting-row"
import { Button } from "@/components/ui/button"
import { Spinner } from "@/components/ui/spinner"
import type { OwnKeyState } from "@/lib/own-key/types"

/** A person's own API key, and whose pays. Nothing where the operator allows none and there is none. */
export function OwnKeyRows() {
  const t = useTranslations("appSettings.ownKey")
  const { state, said, problem, attempt, show } = useOwnKey()
  const [editing, setEditing] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  if (!state || !(state.allowed || state.key)) return null
  const close = () => {
    setEditing(false)
    // The button stands there again with the next render.
    focusSoon(() => button.current)
  }
  return (
    <>
      <SettingRow
        label={t("label")}
        meaning={
          <>
            {meaningOf(state, t)}
            <span role="status" className="block text-foreground">
              {said}
            </span>
            {problem && (
              <span role="alert" className="block text-danger">
                {problem}
              </span>
            )}
          </>
        }
      >
        {editing ? (
          <KeyForm
            onCancel={close}
            onKept={(next) => {
              show(next, t("saved"))
              close()
            }}
          />
        ) : (
          <Buttons
            ref={button}
            state={state}
            onEdit={() => setEditing(true)}
            onRemove={() => attempt(removeOwnKey(), t("removed"))}
          />
        )}
      </SettingRow>
      {state.allowed && state.key && state.shared && (
        <ChoiceRow
          label={t("paidBy")}
          value={state.key.inUse ? "own" : "sparkler"}
          options={[
            { value: "own", label: t("own") },
            { value: "sparkler", label: t("sparkler") },
          ]}
          onChange={(value) => attempt(switchOwnKey(value === "own"), null)}
        />
      )}
    </>
  )
}

/** The state as the server has it, and what became of the last change. */
function useOwnKey() {
  const [state, setState] = useState<OwnKeyState | null>(null)
  const [said, setSaid] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => {
    let left = false
    readOwnKey().then(
      (read) => left || setState(read),
      () => undefined,
    )
    return () => {
      left = true
    }
  }, [])
  const show = (next: OwnKeyState, done: string | null) => {
    setState(next)
    setProblem(null)
    setSaid(done)
  }
  const attempt = (work: Promise<OwnKeyState>, done: string | null) =>
    void work.then(
      (next) => show(next, done),
      (error: unknown) => setProblem(sentenceOf(error)),
    )
  return { state, said, problem, attempt, show }
}

interface ButtonsProps {
  ref: RefObject<HTMLButtonElement | null>
  state: OwnKeyState
  onEdit: () => void
  onRemove: () => void
}

function Buttons({ ref, state: { allowed, key }, onEdit, onRemove }: ButtonsProps) {
  const t = useTranslations("appSettings.ownKey")
  return (
    <span className="flex gap-2">
      {allowed && (
        <Button ref={ref} onClick={onEdit}>
          {t(key ? "replace" : "add")}
        </Button>
      )}
      {key && (
        <Button variant="danger" className="border" onClick={onRemove}>
          {t("remove")}
        </Button>
      )}
    </span>
  )
}

function meaningOf({ allowed, key, shared }: OwnKeyState, t: ReturnType<typeof useTranslations<"appSettings.ownKey">>) {
  if (!key) return shared ? t("none") : `${t("none")} ${t("noneNeeded")}`
  if (!allowed) return t("notAllowed")
  if (key.damaged) return t("damaged")
  return key.lastFour ? t("kept", { lastFour: key.lastFour }) : t("keptShort")
}

interface FormProps {
  onKept: (state: OwnKeyState) => void
  onCancel: () => void
}

/** Takes a key, has it tried, and says what is wrong with it. */
function KeyForm({ onKept, onCancel }: FormProps) {
  const t = useTranslations("appSettings.ownKey")
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  useEffect(() => field.current?.focus(), [])
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const key = field.current?.value ?? ""
    if (busy) return
    setProblem(key.trim() ? null : t("empty"))
    if (!key.trim()) return field.current?.focus()
    setBusy(true)
    try {
      onKept(await putOwnKey(key))
    } catch (error) {
      setProblem(sentenceOf(error))
      setBusy(false)
      field.current?.focus()
    }
  }
  return (
    <form onSubmit={submit} className="w-full">
      <label htmlFor={id} className="sr-only">
        {t("field")}
      </label>
      <div className="flex flex-wrap gap-2">
        <input
          ref={field}
          id={id}
          type="password"
          autoComplete="off"
          spellCheck={false}
          data-1p-ignore
          data-lpignore="true"
          placeholder={t("placeholder")}
          readOnly={busy}
          aria-invalid={problem !== null}
          aria-describedby={problem ? `${id}-problem` : undefined}
          className="h-9 min-w-[min(100%,14rem)] flex-1 rounded-md border border-input bg-background px-2.5 text-sm max-sm:text-base pointer-coarse:h-11"
        />
        <Button type="submit" variant="primary" aria-disabled={busy}>
          {busy && <Spinner />} {t(busy ? "checking" : "save")}
        </Button>
        <Button variant="ghost" onClick={onCancel}>
          {t("cancel")}
        </Button>
      </div>
      {problem && (
        <p id={`${id}-problem`} role="alert" className="wrap-anywhere mt-2 text-[0.8125rem] text-danger">
          {problem}
        </p>
      )}
    </form>
  )
}
