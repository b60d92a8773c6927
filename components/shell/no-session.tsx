import { getTranslations } from "next-intl/server"

/** Why this visitor can't chat: guests are off here, or too many have come from one address. */
export async function NoSession({ guests }: { guests: boolean }) {
  const t = await getTranslations("noSession")
  return (
    <p role="alert" className="border-b bg-surface px-4 py-2.5 text-center text-sm">
      {guests ? t("tooMany") : t("noGuests")}
    </p>
  )
}
