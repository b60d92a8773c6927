import { getMessages } from "next-intl/server"
import type { ReactNode } from "react"
import { MoreTexts } from "@/components/texts"

/** Where recordings are played. Its texts are sent to its own page only. */
export default async function RecordingsLayout({ children }: { children: ReactNode }) {
  const { recordings } = await getMessages()
  return <MoreTexts catalogue={JSON.stringify({ recordings })}>{children}</MoreTexts>
}
