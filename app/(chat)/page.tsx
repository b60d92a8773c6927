import { v7 as uuidv7 } from "uuid"
import { Chat } from "@/components/chat/chat"
import { listModels } from "@/lib/ai/catalogue"

export default async function NewChatPage() {
  const id = uuidv7()
  // A new id each time, so that “New chat” starts afresh.
  return <Chat key={id} id={id} view={null} models={await listModels()} />
}
