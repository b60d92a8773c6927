import { SidebarToggle } from "@/components/sidebar/shell"
import { NoticePage } from "@/components/ui/notice-page"
import { TextLink } from "@/components/ui/text-link"

export default function ConversationNotFound() {
  return (
    <>
      <div className="flex h-14 shrink-0 items-center px-2 sm:px-3">
        <SidebarToggle />
      </div>
      <NoticePage title="This conversation is not here" action={<TextLink href="/">Start a new chat</TextLink>}>
        It was deleted, or it belongs to somebody else. To read it, ask its owner for a link to share.
      </NoticePage>
    </>
  )
}
