/** Made when it is first asked for: formats of the browser take milliseconds each, and few are needed at once. */
export function madeOnce<Value extends object>(make: () => Value): () => Value {
  let made: Value | null = null;
  return () => (made ??= make());
}
