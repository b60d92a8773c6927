import { getMessages } from "next-intl/server"
import type { ReactNode } from "react"
import { MoreTexts } from "@/components/texts"

/** The texts of evals are only sent to their own pages. */
export default async function EvalsLayout({ children }: { children: ReactNode }) {
  const { evals } = await getMessages()
  return <MoreTexts catalogue={JSON.stringify({ evals })}>{children}</MoreTexts>
}
