/** What the server has written into the head of the page. */
function metaContent(name: string): string {
  return document.querySelector<HTMLMetaElement>(`meta[name='${name}']`)?.content ?? '';
}

/** The token for everything below /api/. It is another one after each start of the server. */
export const token = metaContent('token');

/** Lets the editor add its styles to the page. */
export const styleNonce = metaContent('style-nonce');
