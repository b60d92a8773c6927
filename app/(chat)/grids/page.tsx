import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { GridList } from "@/components/grids/grid-list"
import { currentUser } from "@/lib/auth/session"
import { listGrids } from "@/lib/grids/grids"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("grids"))("title") }
}

export default async function GridsPage() {
  const user = await currentUser()
  return <GridList grids={user ? await listGrids(user.id) : []} />
}
