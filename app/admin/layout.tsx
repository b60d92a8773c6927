import { getMessages } from "next-intl/server"
import type { ReactNode } from "react"
import { AdminFrame } from "@/components/admin/admin-frame"
import { MoreTexts } from "@/components/texts"
import { requireAdminPage } from "@/lib/admin/page"

/** The administration. Its texts are only sent to its own pages. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  await requireAdminPage("admin:people")
  const { admin } = await getMessages()
  return (
    <MoreTexts catalogue={JSON.stringify({ admin })}>
      <AdminFrame>{children}</AdminFrame>
    </MoreTexts>
  )
}
