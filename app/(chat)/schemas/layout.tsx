import { getMessages } from "next-intl/server"
import type { ReactNode } from "react"
import { MoreTexts } from "@/components/texts"

/** The library of schemas. Its texts are sent to its own pages only. */
export default async function SchemasLayout({ children }: { children: ReactNode }) {
  const { schemas } = await getMessages()
  return <MoreTexts catalogue={JSON.stringify({ schemas })}>{children}</MoreTexts>
}
