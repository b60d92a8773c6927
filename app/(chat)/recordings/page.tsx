import type { Metadata } from "next"
import { getTranslations } from "next-intl/server"
import { RecordingPage } from "@/components/recording/recording-page"
import { PageHead } from "@/components/shell/page-head"

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("recordings"))("title") }
}

export default async function RecordingsPage() {
  const t = await getTranslations("recordings")
  return (
    <>
      <PageHead title={t("title")} />
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
        <RecordingPage />
      </div>
    </>
  )
}
