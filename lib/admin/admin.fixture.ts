/** An administrator for tests. */
import { requireActor } from "@/lib/admin/actor"
import { testAccount } from "@/lib/auth/guest.fixture"

export async function administrator() {
  const account = await testAccount({ admin: true })
  const request = new Request("http://localhost:3000/api/admin", { headers: { cookie: account.cookie } })
  return { ...account, actor: await requireActor(request, "admin:people") }
}
