import { getMessages } from "next-intl/server"
import type { ReactNode } from "react"
import { MoreTexts } from "@/components/texts"

/** The texts of grids are only sent to their own pages. */
export default async function GridsLayout({ children }: { children: ReactNode }) {
  const { grids } = await getMessages()
  return <MoreTexts catalogue={JSON.stringify({ grids })}>{children}</MoreTexts>
}
