import { cookies, headers } from "next/headers"
import { v7 as uuidv7 } from "uuid"
import { NewChat } from "@/components/chat/new-chat"
import { NOTICE_COOKIE } from "@/components/chat/notice-seen"
import { currentUser } from "@/lib/auth/session"
import { folderTools } from "@/lib/chat/list/folders"
import { languageOf } from "@/lib/i18n/language"
import { idSchema } from "@/lib/ids"
import { defaultPreset } from "@/lib/presets/presets"
import { pageModels } from "@/lib/quota/offers"
import { keyAccess } from "@/lib/setup/key"
import { problemIn } from "@/lib/sign-in/problem"

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** `/?temporary` starts a temporary conversation, `/?folder=…` one in a folder. */
export default async function NewChatPage({ searchParams }: Props) {
  const asked = await searchParams
  const temporary = asked.temporary !== undefined
  const folder = idSchema.safeParse(asked.folder).data ?? null
  const sent = await headers()
  const language = languageOf(sent)
  const user = await currentUser()
  const [preset, tools, access] = await Promise.all([
    user && defaultPreset(user.id, language),
    user && folder ? folderTools(user.id, folder) : undefined,
    keyAccess({ headers: sent, user }),
  ])
  const models = await pageModels(user, [preset?.model], language)
  const problem = problemIn(asked.problem, language)
  const seen = (await cookies()).get(NOTICE_COOKIE)?.value
  return (
    <>
      {/* For the settings dialog, which opens over this page (components/settings/sign-in-provider-rows.tsx). */}
      {problem && <meta name="sparkler-problem" content={problem} />}
      <NewChat
        key={`${temporary} ${folder}`}
        id={uuidv7()}
        models={models}
        notice={{ seen: seen === undefined ? null : encodeURIComponent(seen), access }}
        temporary={temporary}
        folderId={folder}
        folderTools={tools}
        preset={preset}
      />
    </>
  )
}
