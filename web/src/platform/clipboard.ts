/** Answers whether it worked: browsers refuse without a gesture, on plain http, or when the person said no. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
