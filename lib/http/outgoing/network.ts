/** The network operations of the guarded fetch; tests use their own. */
import { lookup } from "node:dns/promises"
import net from "node:net"

export interface Address {
  address: string
  family: number
}

export interface Network {
  /** All addresses of a name. Rejects if there are none. */
  resolve(name: string): Promise<Address[]>
  /** A connection to one of these addresses, and to nothing else. */
  connect(addresses: Address[], port: number): net.Socket
}

export const internet: Network = {
  resolve: (name) => lookup(name, { all: true, verbatim: true }),
  connect: (addresses, port) =>
    net.connect({
      host: addresses[0]?.address ?? "",
      port,
      autoSelectFamily: true,
      // A single address needs no lookup; of several, the first that responds is used.
      ...(addresses.length > 1
        ? { host: "pinned.invalid", lookup: (_name, _options, done) => done(null, addresses) }
        : {}),
    }),
}
