/** Token likelihoods of the demo model: it has none, so it makes up deterministic ones. */

interface Likely {
  token: string
  logprob: number
}

/** For one token, with `count` alternatives. */
export function logprobsOf(token: string, count: number): { content: (Likely & { top_logprobs: Likely[] })[] } {
  const others = [token, token.toUpperCase(), `${token}s`, ` ${token}`, `${token}.`]
  const share = 1 / (token.length + 1)
  const likely = others.map((other, place) => ({
    token: other,
    logprob: Math.log(place === 0 ? 1 - share : share / 2 ** place),
  }))
  return { content: [{ token, logprob: Math.log(1 - share), top_logprobs: likely.slice(0, count) }] }
}
