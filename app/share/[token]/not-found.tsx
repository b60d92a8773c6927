import { NoticePage } from "@/components/ui/notice-page"
import { TextLink } from "@/components/ui/text-link"

export default function ShareNotFound() {
  return (
    <main className="grid min-h-dvh">
      <NoticePage title="This link does not work" action={<TextLink href="/">Start your own chat</TextLink>}>
        It was revoked by the person who made it, or a part of it is missing. Ask them for a new one.
      </NoticePage>
    </main>
  )
}
