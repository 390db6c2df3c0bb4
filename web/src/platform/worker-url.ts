/** Only what is wanted of the standard's Trusted Types, which the types of the DOM do not have yet. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string };
}

/**
 * The address of a worker's script, in the form that a page wants which trusts no other text. It must lie on this
 * server: throws for any other. Called once per page for each script: a policy of a name is made once.
 */
export function createWorkerUrls(
  window: Window & { readonly trustedTypes?: TrustedTypes },
): (url: string) => string {
  const own = (url: string): string => {
    const whole = new URL(url, window.location.href);
    if (whole.origin !== window.location.origin) throw new TypeError('Workers come from this server only.');
    return whole.href;
  };
  const policy = window.trustedTypes?.createPolicy('confab-worker', { createScriptURL: own });
  return policy ? (url) => policy.createScriptURL(url) : own;
}
