import { NoticePage } from "@/components/ui/notice-page"
import { TextLink } from "@/components/ui/text-link"

export default function NotFound() {
  return (
    <main className="grid min-h-dvh">
      <NoticePage title="There is nothing here" action={<TextLink href="/">Start a new chat</TextLink>}>
        No page has this address.
      </NoticePage>
    </main>
  )
}
