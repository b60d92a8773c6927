import { v7 as uuidv7 } from "uuid"
import { NewChat } from "@/components/chat/new-chat"
import { listModels } from "@/lib/ai/catalogue"
import { currentUser } from "@/lib/auth/session"
import { defaultPreset } from "@/lib/presets/presets"

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** `/?temporary` begins a conversation that leaves nothing behind. */
export default async function NewChatPage({ searchParams }: Props) {
  const temporary = (await searchParams).temporary !== undefined
  const user = await currentUser()
  const [models, preset] = await Promise.all([listModels(), user && defaultPreset(user.id)])
  return <NewChat key={String(temporary)} id={uuidv7()} models={models} temporary={temporary} preset={preset} />
}
