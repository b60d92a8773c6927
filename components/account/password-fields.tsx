"use client"

import { useTranslations } from "next-intl"
import { Field } from "@/components/account/field"
import type { Problem } from "@/components/account/use-form"

interface NewProps {
  problem: Problem | null
  autoFocus?: boolean
  /** The account's first password: labeled only “Password”. */
  first?: boolean
}

/** A new password, sent as `password`. */
export function NewPassword({ problem, autoFocus, first }: NewProps) {
  const t = useTranslations("account")
  return (
    <Field
      name="password"
      type="password"
      label={t(first ? "password" : "newPassword")}
      autoComplete="new-password"
      hint={t("passwordHint")}
      {...{ problem, autoFocus }}
    />
  )
}

interface OwnProps {
  /** The account's email address. */
  email: string
  label: string
  problem: Problem | null
  autoFocus?: boolean
}

/** The signed-in user's current password, sent as `current`. */
export function OwnPassword({ email, label, problem, autoFocus }: OwnProps) {
  return (
    <>
      {/* Tells password managers which account this is. */}
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <Field name="current" type="password" label={label} autoComplete="current-password" {...{ problem, autoFocus }} />
    </>
  )
}
