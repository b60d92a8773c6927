import { getMessages } from "next-intl/server"
import type { ReactNode } from "react"
import { MoreTexts } from "@/components/texts"

/** The page that plays recordings. Its texts are only sent to this page. */
export default async function RecordingsLayout({ children }: { children: ReactNode }) {
  const { recordings } = await getMessages()
  return <MoreTexts catalogue={JSON.stringify({ recordings })}>{children}</MoreTexts>
}
