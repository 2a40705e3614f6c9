/**
 * A text as the project formats it. A text with a syntax error stays as it is.
 *
 * @param path names the rules and the language
 */
export async function formatted(path: string, text: string): Promise<string> {
  // It loads slowly, so it is loaded with the first save.
  const { format, resolveConfig } = await import('prettier');
  try {
    return await format(text, { ...(await resolveConfig(path)), filepath: path });
  } catch {
    return text;
  }
}
