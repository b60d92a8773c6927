/** Whether a URL is on this origin, compared as parsed: browsers read `/\host` and `/<tab>/host` as another host. */
export const isSameOriginUrl = (address: string, here: string): boolean =>
  URL.canParse(address, here) && new URL(address, here).origin === here
