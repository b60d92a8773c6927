"use client"

import { useTranslations } from "next-intl"
import { type RefObject, useEffect, useState } from "react"
import { putOwnKey, readOwnKey, removeOwnKey, switchOwnKey } from "@/components/settings/own-key"
import { useRowForm } from "@/components/settings/row-form"
import { Said, useAttempts } from "@/components/settings/said"
import { ChoiceRow, SettingRow } from "@/components/settings/setting-row"
import { KeyEntry } from "@/components/setup/key-entry"
import { Button } from "@/components/ui/button"
import type { OwnKeyState } from "@/lib/own-key/types"

/**
 * The user's own API key, and which key pays. Renders nothing where the operator doesn't allow one and there is none.
 */
export function OwnKeyRows() {
  const t = useTranslations("appSettings.ownKey")
  const { state, said, problem, change } = useOwnKey()
  const { open, button, show, close } = useRowForm()
  if (!state || !(state.allowed || state.key)) return null
  return (
    <>
      <SettingRow
        label={t("label")}
        meaning={
          <>
            {meaningOf(state, t)}
            <Said {...{ said, problem }} />
          </>
        }
      >
        {open ? (
          <KeyEntry
            put={putOwnKey}
            save={t("save")}
            autoFocus
            onCancel={close}
            onKept={(next) => {
              change(async () => next, t("saved"))
              close()
            }}
          />
        ) : (
          <Buttons ref={button} state={state} onEdit={show} onRemove={() => change(removeOwnKey, t("removed"))} />
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
          onChange={(value) => change(() => switchOwnKey(value === "own"))}
        />
      )}
    </>
  )
}

/** The server's state, and the outcome of the last change. */
function useOwnKey() {
  const [state, setState] = useState<OwnKeyState | null>(null)
  const { said, problem, attempt } = useAttempts()
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
  const change = (work: () => Promise<OwnKeyState>, done?: string) =>
    void attempt(async () => setState(await work()), done)
  return { state, said, problem, change }
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
