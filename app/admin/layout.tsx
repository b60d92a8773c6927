import { getLocale, getMessages, getTimeZone } from "next-intl/server"
import type { ReactNode } from "react"
import { AdminFrame } from "@/components/admin/admin-frame"
import { Texts } from "@/components/texts"
import { adminOf } from "@/lib/admin/page"

/** The administration. Its texts are sent to its own pages only. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  await adminOf("admin:people")
  const { admin, common } = await getMessages()
  return (
    <Texts locale={await getLocale()} timeZone={await getTimeZone()} catalogue={JSON.stringify({ admin, common })}>
      <AdminFrame>{children}</AdminFrame>
    </Texts>
  )
}
