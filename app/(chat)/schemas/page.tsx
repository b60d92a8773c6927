import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { SchemaLibrary } from "@/components/schemas/library/schema-library"
import { PageHead } from "@/components/shell/page-head"
import { currentUser } from "@/lib/auth/session"
import { listSchemas } from "@/lib/schemas/schemas"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("schemas"))("title") }
}

export default async function SchemasPage() {
  const t = await getTranslations("schemas")
  const user = await currentUser()
  return (
    <>
      <PageHead title={t("title")} />
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <SchemaLibrary initial={user ? await listSchemas(user.id) : []} />
      </div>
    </>
  )
}
