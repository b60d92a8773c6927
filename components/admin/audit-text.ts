import type { useTranslations } from "next-intl"

/** The translation key of each action; a dot in a name would split it in the message catalog. */
export const AUDIT_TEXTS = {
  "account.created": "account_created",
  "account.switched_off": "account_switched_off",
  "account.switched_on": "account_switched_on",
  "account.deleted": "account_deleted",
  "admin.made": "admin_made",
  "admin.removed": "admin_removed",
  "account.email_changed": "account_email_changed",
  "account.quotas_changed": "account_quotas_changed",
  "account.deletion_asked": "account_deletion_asked",
  "account.deletion_taken_back": "account_deletion_taken_back",
  "account.reset_link_made": "account_reset_link_made",
  "password.changed": "password_changed",
  "password.reset": "password_reset",
  "sign_in.connected": "sign_in_connected",
  "sign_in.disconnected": "sign_in_disconnected",
  "sign_in.limited": "sign_in_limited",
  "settings.changed": "settings_changed",
  "model.offered": "model_offered",
  "invitation.made": "invitation_made",
  "invitation.revoked": "invitation_revoked",
  "share.removed": "share_removed",
} as const

/** The text of an action; its name when this version doesn't know it. */
export function actionText(t: ReturnType<typeof useTranslations<"admin.audit">>, action: string): string {
  const known = isKnown(action) ? AUDIT_TEXTS[action] : null
  return known ? t(`actions.${known}`) : action
}

const isKnown = (action: string): action is keyof typeof AUDIT_TEXTS => Object.hasOwn(AUDIT_TEXTS, action)
