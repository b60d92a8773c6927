"use client"

import { useTranslations } from "next-intl"
import { useCallback, useEffect, useRef, useState } from "react"
import { sentenceOf } from "@/components/base/api"
import { fetchPermissions, type Permission, revokePermission } from "@/components/base/call-api"
import { SettingRow } from "@/components/settings/setting-row"
import { Button } from "@/components/ui/button"
import { Spinner } from "@/components/ui/spinner"

/** The tools that run without asking; each permission can be revoked. */
export function ToolsSection() {
  const t = useTranslations("appSettings.standing")
  const tools = useTranslations("tools")
  const [permissions, setPermissions] = useState<Permission[] | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const text = useRef<HTMLParagraphElement>(null)
  const read = useCallback(
    () =>
      fetchPermissions().then(setPermissions, (error: unknown) => {
        setProblem(sentenceOf(error))
      }),
    [],
  )
  useEffect(() => void read(), [read])
  const revoke = async (id: string) => {
    setProblem(null)
    await revokePermission(id).catch((error: unknown) => setProblem(sentenceOf(error)))
    await read()
    // The pressed button is gone.
    text.current?.focus()
  }
  if (!permissions && !problem) return <Spinner className="my-4" />
  return (
    <>
      <p ref={text} tabIndex={-1} className="text-pretty py-3 text-sm leading-6 outline-hidden">
        {t(permissions?.length ? "meaning" : "none")}
      </p>
      {problem && (
        <p role="alert" className="py-3 text-sm">
          {problem}
        </p>
      )}
      {permissions?.map(({ id, tool, conversation }) => (
        <SettingRow
          key={id}
          label={tools("names", { name: tool })}
          meaning={conversation ? t("here", { title: conversation.title }) : t("everywhere")}
        >
          <Button
            size="sm"
            onClick={() => void revoke(id)}
            aria-label={t("revokeOf", { name: tools("names", { name: tool }) })}
          >
            {t("revoke")}
          </Button>
        </SettingRow>
      ))}
    </>
  )
}
