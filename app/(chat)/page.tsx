import { v7 as uuidv7 } from "uuid"
import { NewChat } from "@/components/chat/new-chat"
import { listModels } from "@/lib/ai/catalogue"

export default async function NewChatPage() {
  return <NewChat id={uuidv7()} models={await listModels()} />
}
