import { v7 as uuidv7 } from "uuid"
import { NewChat } from "@/components/chat/new-chat"
import { listModels } from "@/lib/ai/catalogue"

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** `/?temporary` begins a conversation that leaves nothing behind. */
export default async function NewChatPage({ searchParams }: Props) {
  const temporary = (await searchParams).temporary !== undefined
  return <NewChat key={String(temporary)} id={uuidv7()} models={await listModels()} temporary={temporary} />
}
