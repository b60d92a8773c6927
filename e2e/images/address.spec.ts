/** An image at a pasted URL: fetched once, by the server, through its proxy, and never by the page. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:https"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import path from "node:path"
import { startApp } from "@/e2e/support/app"
import { arrived, attachedOf, colored, paste } from "@/e2e/support/attach"
import { ChatPage, expect, fireworksEnv, test } from "@/e2e/support/fixtures"
import { makeCertificates } from "@/lib/http/outgoing/certificate.fixture"
import { startProxy } from "@/lib/http/outgoing/proxy.fixture"

const NAME = "pictures.example"
const ADDRESS = `https://${NAME}/album/Red%20door.png`

test("a pasted image URL is attached, sent and visible; one that is not an image shows an error", async ({
  page,
  modelServer,
}) => {
  const folder = mkdtempSync(path.join(tmpdir(), "sparkler-address-"))
  const certificates = makeCertificates([NAME])
  const caFile = path.join(folder, "ca.pem")
  writeFileSync(caFile, certificates.authority)
  const picture = await colored("red")
  const asked: string[] = []
  const server = createServer({ key: certificates.key, cert: certificates.cert }, ({ url = "" }, response) => {
    asked.push(url)
    if (url.includes("Red")) response.writeHead(200, { "content-type": "image/png" }).end(picture)
    else response.writeHead(200, { "content-type": "image/png" }).end("<!doctype html><title>No picture</title>")
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const proxy = await startProxy({ [`${NAME}:443`]: (server.address() as AddressInfo).port })
  const app = await startApp({ env: { ...fireworksEnv(modelServer), HTTPS_PROXY: proxy.url, CA_FILE: caFile } })
  const elsewhere: string[] = []
  page.on("request", (request) => {
    if (new URL(request.url()).hostname === NAME) elsewhere.push(request.url())
  })
  const chat = new ChatPage(page, app)
  await chat.open()
  const attach = async (address: string) => {
    await paste(chat, { text: address })
    const offer = page.getByRole("status").filter({ hasText: "This is the address of an image." })
    await offer.getByRole("button", { name: "Attach image" }).click()
  }
  await attach(`https://${NAME}/none.png`)
  await expect(attachedOf(chat).getByRole("alert")).toContainText("“none.png” can't be attached")
  await page.getByRole("button", { name: "Remove none.png" }).click()
  await attach(ADDRESS)
  await expect(arrived(chat)).toHaveCount(1)
  await expect(chat.message).toHaveValue("")
  await chat.message.fill("What color is this?")
  await chat.send.click()
  await chat.ended()
  await expect(chat.articles("user").getByRole("img")).toHaveCount(1)
  await expect(chat.answer()).toContainText("red")
  await chat.reload()
  await expect(chat.articles("user").getByRole("img")).toHaveCount(1)
  expect(asked).toEqual(["/none.png", "/album/Red%20door.png"])
  expect(elsewhere).toEqual([])
  await app.stop()
  await proxy.close()
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true, force: true })
})
