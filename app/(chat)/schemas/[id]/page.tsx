import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { getTranslations } from "next-intl/server"
import { cache } from "react"
import { SchemaEditor } from "@/components/schemas/editor/schema-editor"
import { PageHead } from "@/components/shell/page-head"
import { currentUser } from "@/lib/auth/session"
import { AppError } from "@/lib/http/errors"
import { idOf } from "@/lib/http/route"
import { schemaOf } from "@/lib/schemas/schemas"

type Props = { params: Promise<{ id: string }> }

/** Loaded once for the title and the page. Null: it doesn't exist, or belongs to someone else. */
const schemaIn = cache(async (path: string) => {
  const [user, id] = [await currentUser(), idOf(path)]
  if (!user || id === null) return null
  return schemaOf(user.id, id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "schema:not_found") return null
    throw error
  })
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const schema = await schemaIn((await params).id)
  return { title: schema?.name ?? (await getTranslations("schemas"))("gone") }
}

export default async function SchemaPage({ params }: Props) {
  const t = await getTranslations("schemas")
  const schema = await schemaIn((await params).id)
  if (!schema) notFound()
  return (
    <>
      <PageHead title={schema.name} back={{ href: "/schemas", label: t("title") }} />
      <SchemaEditor key={schema.id} stored={schema} />
    </>
  )
}
