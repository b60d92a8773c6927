"use client"

import { useTranslations } from "next-intl"
import { FieldDialog } from "@/components/fields/field-dialog"

interface Props {
  heading: string
  action: string
  title: string
  /** Rejects with the server's error. */
  onSave: (title: string) => Promise<unknown>
  onClose: () => void
}

/** Names a new eval, or renames one. */
export default function TitleDialog({ heading, action, title, onSave, onClose }: Props) {
  const t = useTranslations("evals")
  return (
    <FieldDialog
      required
      title={heading}
      label={t("name")}
      placeholder={t("namePlaceholder")}
      action={action}
      text={title}
      onSave={onSave}
      onClose={onClose}
    />
  )
}
