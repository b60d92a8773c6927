import { getMessages } from "next-intl/server"
import type { ReactNode } from "react"
import { MoreTexts } from "@/components/texts"

/** The schema library. Its texts are only sent to its own pages. */
export default async function SchemasLayout({ children }: { children: ReactNode }) {
  const { schemas } = await getMessages()
  return <MoreTexts catalogue={JSON.stringify({ schemas })}>{children}</MoreTexts>
}
