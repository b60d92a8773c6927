import { redirect } from "next/navigation"
import { pathOf, SECTIONS } from "@/components/admin/sections"
import { requireAdminPage } from "@/lib/admin/page"

/** The administration opens with its first section. */
export default async function Admin() {
  await requireAdminPage("admin:people")
  redirect(pathOf(SECTIONS[0]))
}
